-- Records that became part of another one. Their rows are gone from their own tables, so that no list, search or
-- count can find them; `record` is what the row held, until the merge can't be taken back any more. The way from the
-- old id to the new one stays.
create table merged_records (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  entity text not null,
  id uuid not null,
  into_id uuid not null,
  -- The records made one in one go.
  merge_id uuid not null,
  operation_id uuid not null,
  merged_at timestamptz not null,
  record jsonb,
  primary key (workspace_id, id)
);
create index merged_records_into on merged_records (workspace_id, into_id);
create index merged_records_by_merge on merged_records (workspace_id, merge_id);
create index merged_records_by_operation on merged_records (workspace_id, operation_id);
create index merged_records_restorable on merged_records (workspace_id, merged_at) where record is not null;
call guard_tenant_table('merged_records');

-- What a merge changed besides, as it was: the way back.
create table merged_parts (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  merge_id uuid not null,
  position bigint generated always as identity,
  -- "event_subjects.subject_id" for a row of that table, "notes.about" for a field of a record.
  reference text not null,
  before jsonb not null,
  after jsonb,
  primary key (workspace_id, merge_id, position)
);
call guard_tenant_table('merged_parts');

-- Of which record an event told before that became part of this one.
alter table event_subjects add column told_of uuid;

alter table changes drop constraint changes_kind_check;
alter table changes add constraint changes_kind_check check (kind in ('update', 'remove', 'restore', 'merge', 'unmerge'));
