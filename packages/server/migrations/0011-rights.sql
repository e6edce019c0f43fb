-- Roles a workspace has made for itself: copies of the built-in five, which stand in the code. `rights` is what the
-- contract declares; `base` says which built-in role it was copied from, and so who stands above whom.
create table roles (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  name text not null,
  base text not null check (base in ('administrator', 'manager', 'member', 'viewer')),
  rights jsonb not null,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, name)
);
call guard_tenant_table('roles');
-- A member with a role of the workspace's own keeps its base in `role`.
alter table members add role_id uuid;
alter table members add foreign key (workspace_id, role_id) references roles (workspace_id, id);

create table teams (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  name text not null,
  location_id uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, name),
  foreign key (workspace_id, location_id) references locations (workspace_id, id) on delete set null (location_id)
);
call guard_tenant_table('teams');
create table team_members (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  team_id uuid not null,
  member_id uuid not null,
  primary key (workspace_id, team_id, member_id),
  foreign key (workspace_id, team_id) references teams (workspace_id, id) on delete cascade,
  foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade
);
create index team_members_of_member on team_members (workspace_id, member_id);
call guard_tenant_table('team_members');

-- One record shared with one member or one team, beyond what their roles reach.
create table shares (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  entity text not null,
  record_id uuid not null,
  member_id uuid,
  team_id uuid,
  -- The one of both that is there.
  receiver uuid not null check (receiver = coalesce(member_id, team_id)),
  access text not null check (access in ('see', 'edit')),
  created_by uuid,
  created_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, record_id, receiver),
  check (num_nonnulls(member_id, team_id) = 1),
  foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade,
  foreign key (workspace_id, team_id) references teams (workspace_id, id) on delete cascade
);
create index shares_with_member on shares (workspace_id, member_id, entity) where member_id is not null;
create index shares_with_team on shares (workspace_id, team_id, entity) where team_id is not null;
call guard_tenant_table('shares');

-- Who signs in is looked up before any workspace is chosen, and what they may do with it.
grant select on roles, teams, team_members to regulars_auth;
create policy sign_in on roles for select to regulars_auth using (true);
create policy sign_in on teams for select to regulars_auth using (true);
create policy sign_in on team_members for select to regulars_auth using (true);

-- What "own" and "team" reach: whose a record is, and who made it while it is nobody's.
create index people_by_owner on people (workspace_id, owner_id) where owner_id is not null;
create index people_unowned on people (workspace_id, created_by) where owner_id is null;
create index people_by_location on people (workspace_id, location_id) where location_id is not null;
create index companies_by_owner on companies (workspace_id, owner_id) where owner_id is not null;
create index companies_unowned on companies (workspace_id, created_by) where owner_id is null;
create index tasks_by_assignee on tasks (workspace_id, assignee_id) where assignee_id is not null;
create index tasks_unassigned on tasks (workspace_id, created_by) where assignee_id is null;
create index notes_by_creator on notes (workspace_id, created_by);
create index activities_by_creator on activities (workspace_id, created_by);
