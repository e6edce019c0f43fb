-- Sign-in is global: one user may be a member of several workspaces. Schema and role of its own.
create schema auth;
grant usage on schema auth to regulars_auth;

create table auth.users (
  id uuid primary key,
  email text not null unique,
  name text not null,
  password_hash text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create table auth.sessions (
  id uuid primary key,
  token_hash bytea not null unique,
  user_id uuid not null references auth.users(id) on delete cascade,
  workspace_id uuid references public.workspaces(id) on delete set null,
  user_agent text,
  ip text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_of_user on auth.sessions (user_id);
-- Links to set a new password, mailed or handed over by an administrator; gone once used.
create table auth.password_resets (
  id uuid primary key,
  token_hash bytea not null unique,
  user_id uuid not null references auth.users(id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index password_resets_of_user on auth.password_resets (user_id);
-- Open invitations; gone once accepted or withdrawn.
create table auth.invitations (
  id uuid primary key,
  workspace_id uuid not null references public.workspaces(id) on delete cascade,
  token_hash bytea not null unique,
  email text not null,
  role text not null,
  invited_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index invitations_of_workspace on auth.invitations (workspace_id, created_at);
create table auth.api_keys (
  id uuid primary key,
  workspace_id uuid not null references public.workspaces(id) on delete cascade,
  member_id uuid not null,
  key_hash bytea not null unique,
  prefix text not null,
  name text not null,
  scope text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz
);
create index api_keys_of_workspace on auth.api_keys (workspace_id, created_at);
-- Browsers that have signed in to an account before. While strangers guess at it, its owner still gets in from these.
create table auth.devices (
  token_hash bytea not null,
  user_id uuid not null references auth.users(id) on delete cascade,
  used_at timestamptz not null,
  primary key (token_hash, user_id)
);
create index devices_of_user on auth.devices (user_id);
-- Failed attempts by what was attacked (an address, an account, a network), for throttling on all processes.
create table auth.attempts (
  key text primary key,
  failures integer not null,
  window_start timestamptz not null,
  blocked_until timestamptz
);
grant select, insert, update, delete on all tables in schema auth to regulars_auth;

create table members (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  user_id uuid not null references auth.users(id) on delete cascade,
  name text not null,
  email text not null,
  role text not null check (role in ('owner', 'administrator', 'manager', 'member', 'viewer')),
  language text,
  time_zone text,
  theme text not null default 'system',
  active boolean not null default true,
  last_seen_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, user_id)
);
create index members_of_user on members (user_id);
call guard_tenant_table('members');
-- Signing in must find a user's workspaces before any is chosen.
grant usage on schema public to regulars_auth;
grant select on workspaces, members to regulars_auth;
grant insert on workspaces, members to regulars_auth;
grant update (name, email, last_seen_at) on members to regulars_auth;
create policy sign_in on workspaces for select to regulars_auth using (true);
create policy sign_in_insert on workspaces for insert to regulars_auth with check (true);
create policy sign_in on members for all to regulars_auth using (true) with check (true);
