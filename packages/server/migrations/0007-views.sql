-- How a list was left, kept under a name: private to whoever made it, or shared with everybody in the workspace.
-- `entity` is text, so that a view outlives what a later release calls its fields.
create table views (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  entity text not null,
  name text not null,
  search text not null default '',
  filter jsonb,
  sort jsonb,
  columns jsonb,
  widths jsonb,
  shared boolean not null default false,
  pinned boolean not null default false,
  position double precision not null,
  -- Opened first by members who have not chosen themselves; holds only while it is shared.
  is_default boolean not null default false,
  owner_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, owner_id) references members (workspace_id, id) on delete set null (owner_id)
);
create index views_in_order on views (workspace_id, entity, position) where deleted_at is null;
create unique index views_default on views (workspace_id, entity) where is_default;
call guard_tenant_table('views');

-- What a member opens first; without a view: everything, whatever is the default of the workspace.
create table view_choices (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  member_id uuid not null,
  entity text not null,
  view_id uuid,
  primary key (workspace_id, member_id, entity),
  foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade,
  foreign key (workspace_id, view_id) references views (workspace_id, id) on delete cascade
);
call guard_tenant_table('view_choices');
