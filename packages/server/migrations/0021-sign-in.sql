-- How the members of a workspace sign in, where that is not as usual.
create table sign_in_rules (
  workspace_id uuid primary key references workspaces(id) on delete cascade,
  -- Roles whose members need a second step: names of built-in ones, ids of the workspace's own.
  second_factor_roles text[] not null default '{}',
  idle_minutes integer not null default 20160 check (idle_minutes between 15 and 43200),
  longest_minutes integer not null default 129600 check (longest_minutes between 60 and 129600),
  check (idle_minutes <= longest_minutes)
);
call guard_tenant_table('sign_in_rules');
-- Asked at each sign-in, before any workspace is chosen.
grant select on sign_in_rules to regulars_auth;
create policy sign_in on sign_in_rules for select to regulars_auth using (true);

-- When a session ends unless it is used before: the shortest of what the user's workspaces say.
create function auth.session_end(s auth.sessions) returns timestamptz language sql stable as $$
  select least(
    s.expires_at,
    s.created_at + make_interval(mins => coalesce(min(coalesce(g.longest_minutes, 129600)), 129600)),
    s.last_seen_at + make_interval(mins => coalesce(min(coalesce(g.idle_minutes, 20160)), 20160)))
  from public.members m left join public.sign_in_rules g on g.workspace_id = m.workspace_id
  where m.user_id = s.user_id and m.active
$$;
-- Passkeys: a device or key that signs what it is asked, for its owner only. What is kept of it opens nothing.
create table auth.passkeys (
  id uuid primary key,
  user_id uuid not null references auth.users(id) on delete cascade,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkeys_of_user on auth.passkeys (user_id);
-- What devices were asked to sign, each once.
create table auth.passkey_challenges (
  hash bytea primary key,
  user_id uuid references auth.users(id) on delete cascade,
  expires_at timestamptz not null
);
create index passkey_challenges_by_end on auth.passkey_challenges (expires_at);
grant select, insert, update, delete on auth.passkeys, auth.passkey_challenges to regulars_auth;
-- Whether signing in to an account takes a second step.
create function auth.has_factor(account uuid) returns boolean language sql stable as $$
  select exists (select from auth.authenticators where user_id = account and confirmed_at is not null)
    or exists (select from auth.passkeys where user_id = account)
$$;
-- The workspace in which a provider's word counts as the second step, for the sessions that began by it.
alter table auth.sessions add column factor_in uuid;
-- Whether a member's role needs a second step that their account does not have.
create function auth.lacks_factor(m public.members) returns boolean language sql stable as $$
  select exists (
      select from public.sign_in_rules g
      where g.workspace_id = m.workspace_id and coalesce(m.role_id::text, m.role) = any (g.second_factor_roles))
    and not auth.has_factor(m.user_id)
$$;

alter table auth.sign_ins drop constraint sign_ins_how_check,
  add check (how in ('password', 'authenticator', 'recovery_code', 'passkey', 'provider', 'provider_factor', 'provider_code'));

-- A provider of a workspace's own, by OpenID Connect. The secret is encrypted with the installation's key.
create table auth.providers (
  id uuid primary key,
  workspace_id uuid not null unique references public.workspaces(id) on delete cascade,
  name text not null,
  issuer text not null,
  client_id text not null,
  client_secret bytea not null,
  created_at timestamptz not null
);
-- What a provider calls the owner of an account.
create table auth.identities (
  provider_id uuid not null references auth.providers(id) on delete cascade,
  subject text not null,
  user_id uuid not null references auth.users(id) on delete cascade,
  -- They connected it themselves, signed in; else it was by their e-mail address.
  by_person boolean not null,
  created_at timestamptz not null,
  primary key (provider_id, subject),
  unique (provider_id, user_id)
);
create index identities_of_user on auth.identities (user_id);
-- Browsers on their way to a provider and back; the token is in a cookie, and what the provider sees is derived of it.
create table auth.provider_attempts (
  token_hash bytea primary key,
  provider_id uuid not null references auth.providers(id) on delete cascade,
  -- Whose account is to be connected; null to sign in.
  session_id uuid references auth.sessions(id) on delete cascade,
  next text not null,
  -- Whom the provider has vouched for, while the code of their second step is waited for.
  user_id uuid references auth.users(id) on delete cascade,
  expires_at timestamptz not null
);
create index provider_attempts_by_end on auth.provider_attempts (expires_at);
grant select, insert, update, delete on auth.providers, auth.identities, auth.provider_attempts to regulars_auth;
