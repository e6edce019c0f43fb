-- What members make of the sidebar for themselves: a view put there or taken out of it, and where it stands. Nulls: as
-- for everybody.
create table view_pins (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  member_id uuid not null,
  view_id uuid not null,
  pinned boolean,
  position double precision,
  primary key (workspace_id, member_id, view_id),
  foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade,
  foreign key (workspace_id, view_id) references views (workspace_id, id) on delete cascade,
  check (pinned is not null or position is not null)
);
call guard_tenant_table('view_pins');
