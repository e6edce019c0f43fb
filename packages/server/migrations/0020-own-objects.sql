-- Things that a workspace declared itself ("Machines"), with fields of its own; `key` is their name in the API.
create table object_types (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  key text not null,
  one text not null,
  many text not null,
  icon text not null default 'box',
  position double precision not null,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (workspace_id, id)
);
-- Of removed ones as well: their records can come back under it.
create unique index object_types_key on object_types (workspace_id, key);
call guard_tenant_table('object_types');

-- The records of all of them.
create table own_records (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  object_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by uuid,
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  name text not null,
  owner_id uuid,
  primary key (workspace_id, id),
  foreign key (workspace_id, object_id) references object_types (workspace_id, id) on delete cascade,
  foreign key (workspace_id, owner_id) references members (workspace_id, id) on delete set null (owner_id)
);
create index own_records_by_name on own_records (workspace_id, object_id, name collate "und-x-icu", id) where deleted_at is null;
create index own_records_by_creation on own_records (workspace_id, object_id, created_at, id) where deleted_at is null;
create index own_records_by_change on own_records (workspace_id, object_id, updated_at, id) where deleted_at is null;
create index own_records_by_id on own_records (workspace_id, object_id, id);
create index own_records_by_owner on own_records (workspace_id, object_id, owner_id) where owner_id is not null;
create index own_records_unowned on own_records (workspace_id, object_id, created_by) where owner_id is null;
create index own_records_deleted on own_records (workspace_id, object_id, deleted_at, id) where deleted_at is not null;
call guard_tenant_table('own_records');
