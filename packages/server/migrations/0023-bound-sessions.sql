-- The one workspace a session may enter: it began by the word of that workspace's provider, and nothing that opens the
-- account itself was shown since.
alter table auth.sessions add column vouched_in uuid;
delete from auth.sessions s using auth.sign_ins i
  where i.id = s.id and i.how in ('provider', 'provider_factor', 'provider_code')
    and (s.workspace_id = i.workspace_id) is not true;
update auth.sessions s set vouched_in = i.workspace_id from auth.sign_ins i
  where i.id = s.id and i.how in ('provider', 'provider_factor', 'provider_code');
alter table auth.sessions add check (workspace_id = vouched_in);
-- Whether an account belongs, or ever belonged, to a workspace besides `place`.
create function auth.reaches_beyond(account uuid, place uuid) returns boolean language sql stable as $$
  select exists (select from public.members where user_id = account and workspace_id <> place)
$$;

-- The provider that asked for the second step of the session a key was made in.
alter table auth.api_keys add column provider_id uuid references auth.providers(id) on delete set null;
-- Whether a key rests: its member's role needs a second step, which is neither theirs nor still the provider's.
create function auth.key_rests(k auth.api_keys, m public.members) returns boolean language sql stable as $$
  select auth.lacks_factor(m) and not exists (
    select from auth.identities i where i.provider_id = k.provider_id and i.user_id = m.user_id)
$$;

-- Whom the provider has vouched for, by its own name for them.
alter table auth.provider_attempts add column subject text;

-- An invitation may give a role of the workspace's own, and goes with it.
alter table auth.invitations add column role_id uuid,
  add foreign key (workspace_id, role_id) references public.roles (workspace_id, id) on delete cascade;
-- It may be accepted by way of the provider, under this name.
alter table auth.provider_attempts add column name text,
  add column invitation_id uuid references auth.invitations(id) on delete cascade;

-- Who chooses the provider can have it say anything: that is no right to be handed on.
update roles set rights = rights #- '{actions,signIn:manage}' where rights -> 'actions' ? 'signIn:manage';
