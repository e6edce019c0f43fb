-- An authenticator app as the second step of signing in. The secret is encrypted with the installation's key, which
-- lies outside of the database and of backups; a secret that is not confirmed yet asks nobody for anything.
create table auth.authenticators (
  user_id uuid primary key references auth.users(id) on delete cascade,
  secret bytea not null,
  -- Steps of thirty seconds since 1970: a code is taken once, so only those of later steps are.
  last_step bigint not null default 0,
  created_at timestamptz not null,
  confirmed_at timestamptz
);
-- For whoever lost the app; gone once used. All of an account share one salt, so that one hash finds one of them.
create table auth.recovery_codes (
  user_id uuid not null references auth.users(id) on delete cascade,
  code_hash bytea not null,
  salt bytea not null,
  primary key (user_id, code_hash)
);
-- When whoever has the session last proved who they are.
alter table auth.sessions add column proved_at timestamptz;
update auth.sessions set proved_at = created_at;
-- Sign-ins that began a session, for the person to look through.
create table auth.sign_ins (
  id uuid primary key,
  user_id uuid not null references auth.users(id) on delete cascade,
  -- Where to: administrators see what concerns their workspace.
  workspace_id uuid references public.workspaces(id) on delete set null,
  at timestamptz not null,
  how text not null check (how in ('password', 'authenticator', 'recovery_code')),
  ip text,
  user_agent text
);
create index sign_ins_of_user on auth.sign_ins (user_id, at);
grant select, insert, update, delete on auth.authenticators, auth.recovery_codes, auth.sign_ins to regulars_auth;
