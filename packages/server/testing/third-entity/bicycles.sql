create table bicycles (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by uuid,
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  frame text not null,
  kind text,
  bought date,
  price float8,
  electric boolean,
  owner_id uuid,
  mechanic_id uuid,
  tags jsonb not null default '[]',
  serviced jsonb not null default '[]',
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references people (workspace_id, id) on delete set null (owner_id)
);
create index bicycles_by_frame on bicycles (workspace_id, frame collate "und-x-icu", id) where deleted_at is null;
call guard_tenant_table('bicycles');
