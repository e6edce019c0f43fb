create table notes (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by uuid,
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  body jsonb,
  text text,
  about jsonb not null default '[]',
  mentions jsonb not null default '[]',
  files jsonb not null default '[]',
  primary key (workspace_id, id)
);
create index notes_by_creation on notes (workspace_id, created_at, id) where deleted_at is null;
call guard_tenant_table('notes');

create table activities (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by uuid,
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  kind text not null,
  direction text,
  occurred_at timestamptz not null,
  minutes integer,
  outcome text,
  text text,
  about jsonb not null default '[]',
  primary key (workspace_id, id)
);
create index activities_by_time on activities (workspace_id, occurred_at, id) where deleted_at is null;
call guard_tenant_table('activities');

create table tasks (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by uuid,
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  title text not null,
  due_date date,
  due_time time,
  zone text,
  assignee_id uuid,
  priority text,
  status text not null,
  done_at timestamptz,
  description text,
  about jsonb not null default '[]',
  primary key (workspace_id, id),
  foreign key (workspace_id, assignee_id) references members (workspace_id, id) on delete set null (assignee_id)
);
create index tasks_by_due on tasks (workspace_id, due_date, id) where deleted_at is null;
create index tasks_open on tasks (workspace_id, assignee_id, due_date) where deleted_at is null and status = 'open';
call guard_tenant_table('tasks');

-- What members were told. `key` says what it is about: nobody is told the same twice.
create table notifications (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  member_id uuid not null,
  kind text not null,
  key text not null,
  subject_type text not null,
  subject_id uuid not null,
  actor_id uuid,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, member_id, key),
  foreign key (workspace_id, member_id) references members (workspace_id, id) on delete cascade
);
create index notifications_of_member on notifications (workspace_id, member_id, created_at desc, id desc);
create index notifications_unread on notifications (workspace_id, member_id) where read_at is null;
call guard_tenant_table('notifications');
