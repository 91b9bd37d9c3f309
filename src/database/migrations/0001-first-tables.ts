/**
 * The tables of the store. What says who somebody is or what they wrote rests in `sealed`, under the
 * person's key; ids are looked up by pseudonym. Times are milliseconds since 1970.
 */
import type { Migration } from '../migrate.ts'

export const firstTables: Migration = {
  name: '0001-first-tables',
  sql: `
-- One row. Locked first by every transaction that writes, so that clock order is commit order.
create table clock (
  id int primary key check (id = 1),
  value bigint not null,
  -- a snapshot of memory older than this still holds somebody who was erased
  erased bigint not null,
  -- a word sealed by the vault that this database belongs to
  witness bytea,
  users bigint not null, items bigint not null, edges bigint not null, events bigint not null
);
insert into clock values (1, 0, 0, null, 0, 0, 0, 0);

create sequence user_key as int;
create sequence item_key as int;

-- a person under erasure has no pseudonym any more
create table users (
  key int primary key,
  pseudonym uuid unique,
  clock bigint not null,
  sealed bytea not null
);
create index on users (clock);

create table spaces (
  key smallint primary key generated always as identity,
  name text not null unique
);

create table items (
  key int primary key,
  pseudonym uuid not null unique,
  author_key int,
  space_key smallint,
  created_at bigint not null,
  is_encodable boolean not null,
  clock bigint not null,
  sealed bytea not null
);
create index on items (clock);
create index on items (author_key);

-- items taken away: the id is sealed under the author's key
create table removals (clock bigint primary key, author_key int, sealed bytea not null);
create index on removals (author_key);

create table edges (
  from_key int not null,
  to_key int not null,
  kind smallint not null,
  weight double precision not null,
  at bigint,
  is_removed boolean not null,
  clock bigint not null,
  primary key (from_key, to_key, kind)
);
create index on edges (clock);
create index on edges (to_key);

create table events (
  user_key int not null,
  key uuid not null,
  action smallint not null,
  item_key int,
  target_key int,
  at bigint not null,
  value double precision,
  clock bigint not null,
  sealed bytea,
  primary key (user_key, key)
);
create index on events (clock);
create index on events (item_key) where item_key is not null;
create index on events (target_key) where target_key is not null;

-- user_key 0: shown to nobody in particular
create table pages (
  user_key int not null,
  id text not null,
  feed text not null,
  at bigint not null,
  after text,
  item_keys int[] not null,
  primary key (user_key, id)
);
create index on pages (id);
create index on pages (at);

create table api_keys (
  id text primary key,
  secret_hash bytea not null unique,
  user_key int not null,
  created_at bigint not null,
  sealed bytea not null
);
create index on api_keys (user_key);

create table progress (task uuid primary key, sealed bytea not null);
`,
}
