/** What scorers said of the items of a page, sealed under the key of whom it was shown to. */
import type { Migration } from '../migrate.ts'

export const shownPages: Migration = {
  name: '0004-shown-pages',
  sql: 'alter table pages add column sealed bytea;',
}
