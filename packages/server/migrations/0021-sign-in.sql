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
-- Whether a member's role needs a second step that their account does not have.
create function auth.lacks_factor(m public.members) returns boolean language sql stable as $$
  select exists (
      select from public.sign_in_rules g
      where g.workspace_id = m.workspace_id and coalesce(m.role_id::text, m.role) = any (g.second_factor_roles))
    and not exists (
      select from auth.authenticators a where a.user_id = m.user_id and a.confirmed_at is not null)
$$;
