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
  status text not null check (status in ('recognised', 'checking', 'checked', 'running', 'failed', 'done', 'cancelled')),
  -- Null once the upload has been deleted: it holds personal data and is kept only as long as an import can be undone.
  file_id uuid,
  file_name text not null,
  format text not null,
  -- What the file is: encoding, delimiter, sheets, headers, the product it comes from.
  details jsonb not null,
  columns jsonb not null,
  -- What becomes of twins; null while nobody has said so for all of them.
  duplicates text,
  unreadable text not null default 'refuse',
  -- By line: decisions {"17": "skip"}, repaired cells {"17": {"3": "ana@example.com"}}.
  decisions jsonb not null default '{}',
  repairs jsonb not null default '{}',
  mapping_name text,
  counts jsonb,
  problems jsonb not null default '[]',
  problem_groups jsonb not null default '[]',
  twins jsonb not null default '[]',
  operation_id uuid,
  -- Rows of the file that the check or run has dealt with; the run's moves in the transaction that writes them.
  position bigint not null default 0,
  total bigint,
  -- The job at work. A job that finds another's token here has been replaced and stops.
  job_token uuid,
  error text,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, file_id) references files (workspace_id, id)
);
create index imports_recent on imports (workspace_id, created_at desc, id desc);
create index imports_under_way on imports (workspace_id) where status in ('checking', 'running');
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

-- What records are called in the products they came from: a later import from there finds them again.
create table external_ids (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  entity text not null,
  source text not null,
  external_id text collate "C" not null,
  record_id uuid not null,
  primary key (workspace_id, entity, source, external_id)
);
create index external_ids_of_record on external_ids (workspace_id, record_id);
call guard_tenant_table('external_ids');
