-- The keys under which twins of a record are looked for, as of one version of it: hashes, no text. Derived, and
-- written by jobs alone, so that a write of the record costs nothing more. One row a record instead of one a key:
-- a twentieth of the room, and a scan reads all of them anyway.
create table match_records (
  workspace_id uuid not null,
  record_id uuid not null,
  entity text not null,
  version integer not null,
  keys bigint[] not null,
  primary key (workspace_id, record_id)
);
call guard_tenant_table('match_records');

-- What agreement is worth in this workspace, learned by the last scan.
create table match_models (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  entity text not null,
  parameters jsonb not null,
  -- Values in the parameters are hashed with this; each training draws another.
  salt text not null,
  records integer not null,
  trained_at timestamptz not null,
  -- When everything was last compared with it; null while the first scan runs.
  scanned_at timestamptz,
  primary key (workspace_id, entity)
);
call guard_tenant_table('match_models');

-- Likely twins, and what people said of them. `one_id` is the lower of the two.
create table duplicate_pairs (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  entity text not null,
  one_id uuid not null,
  other_id uuid not null,
  probability double precision not null,
  reasons jsonb not null,
  state text not null default 'open' check (state in ('open', 'later', 'notSame')),
  decided_by uuid,
  decided_at timestamptz,
  found_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (workspace_id, one_id, other_id),
  unique (workspace_id, id),
  check (one_id < other_id),
  foreign key (workspace_id, decided_by) references members (workspace_id, id) on delete set null (decided_by)
);
create index duplicate_pairs_by_certainty on duplicate_pairs (workspace_id, entity, state, probability, id);
create index duplicate_pairs_by_other on duplicate_pairs (workspace_id, other_id);
call guard_tenant_table('duplicate_pairs');
