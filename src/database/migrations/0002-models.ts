/**
 * The models that serve or served. Items stand in them by number, so that the id of an item whose
 * author was erased is nowhere; people do not stand in them at all.
 */
import type { Migration } from '../migrate.ts'

export const modelTables: Migration = {
  name: '0002-models',
  sql: `
create table models (
  id text primary key,
  at bigint not null,
  state text not null check (state in ('serving', 'previous', 'refused', 'withdrawn', 'retired')),
  -- of the run it came from
  run text,
  verdict jsonb not null,
  -- by row of the vectors; both empty once it can no longer serve
  item_keys int[] not null,
  file bytea not null
);
create unique index on models (state) where state in ('serving', 'previous');
`,
}
