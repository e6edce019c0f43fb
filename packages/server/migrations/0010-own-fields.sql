-- Fields that a workspace declared itself. Values stand in `custom` of the records, under `slot`: another one after
-- a change of type, so that the values from before stay until the field is forgotten.
create table own_fields (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  entity text not null,
  key text not null,
  slot text not null,
  label text not null,
  help text not null default '',
  field_group text not null default 'custom',
  position double precision not null,
  type text not null,
  options jsonb not null default '{}',
  required text not null default 'never' check (required in ('never', 'always', 'stages')),
  stages jsonb not null default '[]',
  default_value jsonb,
  is_unique boolean not null default false,
  hidden boolean not null default false,
  -- The field whose place this one took with another type; it can be put back.
  replaces uuid,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (workspace_id, id)
);
create unique index own_fields_key on own_fields (workspace_id, entity, key) where deleted_at is null;
create unique index own_fields_slot on own_fields (workspace_id, entity, slot);
call guard_tenant_table('own_fields');

-- What records are filtered and sorted by in own fields; derived from `custom`, rebuilt at will. Each value stands in
-- the column of its type, text twice: folded for comparing, and as it is read for the order.
create table field_values (
  workspace_id uuid not null,
  field_id uuid not null,
  record_id uuid not null,
  -- Several choices have a row each.
  place smallint not null default 0,
  value_text text collate "C",
  sort_text text,
  value_float double precision,
  value_time timestamptz,
  value_ref uuid,
  primary key (workspace_id, field_id, record_id, place)
);
create index field_values_text on field_values (workspace_id, field_id, value_text, record_id) where value_text is not null;
create index field_values_order on field_values (workspace_id, field_id, sort_text collate "und-x-icu", record_id) where sort_text is not null;
create index field_values_number on field_values (workspace_id, field_id, value_float, record_id) where value_float is not null;
create index field_values_time on field_values (workspace_id, field_id, value_time, record_id) where value_time is not null;
create index field_values_link on field_values (workspace_id, field_id, value_ref, record_id) where value_ref is not null;
-- The record first, as in `record_values`.
create index field_values_by_record on field_values (record_id, workspace_id);
-- A value is as frequent as its field says: without this the planner takes the two for unrelated.
create statistics field_values_together (mcv, dependencies) on field_id, value_text from field_values;
call guard_tenant_table('field_values');
