-- Uploads. The content lies in the file store under its hash; rows are counted per workspace.
create table files (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  hash text not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  created_by uuid,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create index files_by_hash on files (hash);
call guard_tenant_table('files');
-- Content is shared by all workspaces that hold the same; what may be swept is known only across them.
create function contents_in_use(hashes text[]) returns setof text
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct hash from files where hash = any (hashes);
end;
revoke all on function contents_in_use from public;
grant execute on function contents_in_use to regulars_app;

create table imports (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  entity text not null,
  status text not null,
  file_id uuid not null,
  file_name text not null,
  format text not null,
  details jsonb not null,
  columns jsonb not null,
  duplicates text not null default 'update',
  decisions jsonb not null default '{}',
  repairs jsonb not null default '{}',
  mapping_name text,
  counts jsonb,
  problems jsonb not null default '[]',
  twins jsonb not null default '[]',
  operation_id uuid,
  position bigint not null default 0,
  error text,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, file_id) references files (workspace_id, id)
);
create index imports_recent on imports (workspace_id, created_at desc, id desc);
call guard_tenant_table('imports');

-- Rows an import refused, with the reason; written with the chunk they belong to.
create table import_rejects (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  import_id uuid not null,
  line bigint not null,
  cells jsonb not null,
  problems jsonb not null,
  primary key (workspace_id, import_id, line),
  foreign key (workspace_id, import_id) references imports (workspace_id, id) on delete cascade
);
call guard_tenant_table('import_rejects');

create table import_mappings (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  name text not null,
  entity text not null,
  headers jsonb not null,
  columns jsonb not null,
  created_by uuid,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, entity, name)
);
call guard_tenant_table('import_mappings');
