/**
 * What was understood of items, and of what a person wrote lately. Both rest sealed under the person's
 * key: the labels with the item's words, the moods in a row of their own that goes when it is refused.
 */
import type { Migration } from '../migrate.ts'

export const labelTables: Migration = {
  name: '0003-labels',
  sql: `
create table labellers (
  key smallint primary key generated always as identity,
  name text not null unique
);
alter table items add column labeller_key smallint;

create table moods (
  user_key int primary key,
  clock bigint not null,
  sealed bytea not null
);
create index on moods (clock);
`,
}
