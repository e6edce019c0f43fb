-- Lists of choices (stages, reasons) that a workspace has made its own; until it does, they are what the product
-- declares. `label` is null where the product's texts name the choice. Removed ones stay for what still names them.
create table choice_lists (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  list text not null,
  id text not null,
  label text,
  color text,
  choice_group text,
  options jsonb not null default '{}',
  position integer not null,
  deleted_at timestamptz,
  primary key (workspace_id, list, id)
);
call guard_tenant_table('choice_lists');
