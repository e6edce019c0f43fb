-- Roles. `regulars_app` serves requests and is held by row-level security; `regulars_auth` reaches the
-- sign-in schema only. Both are taken on per transaction by the owner's connection and can't log in.
do $$
begin
  if not exists (select from pg_roles where rolname = 'regulars_app') then create role regulars_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'regulars_auth') then create role regulars_auth nologin; end if;
exception when duplicate_object then null; -- another database of this server migrates at the same time
end $$;
do $$ begin execute format('grant regulars_app, regulars_auth to %I', current_user); end $$;

create extension if not exists pg_trgm;
create extension if not exists btree_gin;
grant usage on schema public to regulars_app;

-- The workspace of this transaction; null (so: no rows) when none is set.
create function current_workspace() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.workspace', true), '')::uuid;

-- Text without case and accents, alike to `fold` in the contract (a test compares the two).
create function fold(value text) returns text language sql immutable parallel safe
  return btrim(regexp_replace(
    translate(
      replace(replace(replace(
        lower(regexp_replace(normalize(value, NFKD), '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]', '', 'g') collate "C.utf8"),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
    'øłđı', 'oldi'),
  '\s+', ' ', 'g'));

-- Puts both tenancy walls around a table: the policy here, the composite keys in its definition.
create procedure guard_tenant_table(target regclass, privileges text default 'select, insert, update, delete')
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('create policy workspace on %s for all to regulars_app using (workspace_id = current_workspace()) with check (workspace_id = current_workspace())', target);
  execute format('grant %s on %s to regulars_app', privileges, target);
end $$;

create table workspaces (
  id uuid primary key,
  name text not null,
  country text not null,
  currency text not null,
  time_zone text not null,
  language text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
alter table workspaces enable row level security;
create policy workspace on workspaces for all to regulars_app using (id = current_workspace()) with check (id = current_workspace());
grant select, insert, update on workspaces to regulars_app;

-- Things done together: an import, a bulk edit, an undo.
create table operations (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  kind text not null,
  status text not null check (status in ('queued', 'running', 'done', 'failed', 'cancelled', 'undone')),
  entity text,
  input jsonb not null default '{}',
  done integer not null default 0,
  total integer,
  summary jsonb not null default '{}',
  cancel_requested boolean not null default false,
  undo_of uuid,
  undone_by uuid,
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  finished_at timestamptz,
  primary key (workspace_id, id)
);
create index operations_recent on operations (workspace_id, created_at desc, id desc);
call guard_tenant_table('operations');

-- The tables from here to `search_index` get several rows per write. They have no foreign key to the workspace:
-- a check per row would cost a fifth of an import, and the policy already fixes the value.

-- What changed on a record: history and undo. Creations stand in their event, with no values here.
create table changes (
  workspace_id uuid not null,
  record_id uuid not null,
  version integer not null,
  entity text not null,
  kind text not null check (kind in ('update', 'remove', 'restore')),
  before jsonb not null,
  after jsonb not null,
  event_id uuid not null,
  operation_id uuid,
  actor_type text not null,
  actor_id uuid,
  at timestamptz not null,
  primary key (workspace_id, record_id, version)
);
create index changes_by_operation on changes (workspace_id, operation_id, record_id) where operation_id is not null;
call guard_tenant_table('changes');

-- Facts. The row is the outbox too: `pending` until the dispatcher has handed it to the subscribers.
create table events (
  workspace_id uuid not null,
  id uuid not null,
  type text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  actor_type text not null,
  actor_id uuid,
  operation_id uuid,
  data jsonb not null,
  depth smallint not null default 0,
  pending boolean not null default true,
  primary key (workspace_id, id)
);
create index events_pending on events (recorded_at) where pending;
create index events_by_operation on events (workspace_id, operation_id) where operation_id is not null;
call guard_tenant_table('events');

-- Whom an event concerns; timelines read this index alone.
create table event_subjects (
  workspace_id uuid not null,
  subject_type text not null,
  subject_id uuid not null,
  occurred_at timestamptz not null,
  event_id uuid not null,
  event_type text not null,
  primary key (workspace_id, subject_type, subject_id, occurred_at, event_id)
);
call guard_tenant_table('event_subjects');

-- One effect per event and subscriber, however often a job is retried.
create table effects (
  workspace_id uuid not null,
  event_id uuid not null,
  subscriber text not null,
  at timestamptz not null,
  primary key (workspace_id, event_id, subscriber)
);
call guard_tenant_table('effects');

-- Values by which records are looked up: entries of lists, tags, links, names. Comparisons of text may use
-- an index under row-level security, so filters on them stay fast. Derived from the records, rebuilt at will.
create table record_values (
  workspace_id uuid not null,
  entity text not null,
  field text not null,
  value text collate "C" not null,
  record_id uuid not null,
  primary key (workspace_id, entity, field, value, record_id)
);
-- The record first: led by the workspace, it would pass for the way to everything in a workspace that the planner
-- knows nothing about yet, and an import into a new one would read all of it for each row.
create index record_values_by_record on record_values (record_id, workspace_id);
call guard_tenant_table('record_values');

-- Search text of every record, folded. One index for all entities.
create table search_index (
  workspace_id uuid not null,
  entity text not null,
  record_id uuid not null,
  title text not null,
  subtitle text,
  body text not null,
  primary key (workspace_id, record_id)
);
create index search_index_trigrams on search_index using gin (workspace_id, body gin_trgm_ops);
create index search_index_names on search_index using gin (workspace_id, left(body, 48) gin_trgm_ops) where entity in ('people', 'companies');
call guard_tenant_table('search_index');

-- Conditions that aren't leakproof (LIKE, similarity) can't use an index under row-level security. These
-- functions run as the owner and repeat the workspace predicate; they return ids, which the caller reads
-- through its own policies. `pattern` is a LIKE pattern over folded text.
create function search_like(wanted_entity text, pattern text) returns setof uuid
language sql stable security definer set search_path = public, pg_temp rows 200
begin atomic
  select record_id from search_index
  where workspace_id = current_workspace() and entity = wanted_entity and body like pattern;
end;
-- Records whose text holds every pattern, at most three: first those whose text begins with what was typed, then
-- those with a word that does. The first thousand found are ranked, so that a text half the records hold costs
-- no more than a rare one.
create function search_best(query text, patterns text[], wanted_entities text[], max_hits integer)
returns table (entity text, record_id uuid, score real)
language plpgsql stable security definer set search_path = public, pg_temp
  -- Each text has a plan of its own; reading the tables of all workspaces is never a good one.
  set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare quoted text := replace(replace(replace(query, '\', '\\'), '%', '\%'), '_', '\_');
begin
  return query
    select s.entity, s.record_id, (case when s.body like quoted || '%' then 4 when s.body like '% ' || quoted || '%' then 3 else 2 end)::real as score
    from (
      select i.entity, i.record_id, i.body from search_index i
      where i.workspace_id = current_workspace() and i.entity = any (wanted_entities) and i.body like patterns[1]
        and (patterns[2] is null or i.body like patterns[2]) and (patterns[3] is null or i.body like patterns[3])
      limit 1000
    ) s order by score desc, s.record_id desc limit max_hits;
end $$;
-- People and companies whose name, which their text begins with, is nearest to what was typed: for typing errors.
create function search_nearest(query text, wanted_entities text[], max_hits integer)
returns table (entity text, record_id uuid, score real)
language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_custom_plan set enable_seqscan = off
  set pg_trgm.word_similarity_threshold = '0.6' as $$
declare threshold text;
begin
  -- The nearest are cheap to find; farther ones are looked for only where there are none.
  foreach threshold in array '{0.6,0.43}'::text[] loop
    perform set_config('pg_trgm.word_similarity_threshold', threshold, true);
    return query
      select s.entity, s.record_id, word_similarity(query, left(s.body, 48)) as score
      from (
        select i.entity, i.record_id, i.body from search_index i
        where i.workspace_id = current_workspace() and i.entity in ('people', 'companies') and i.entity = any (wanted_entities)
          and query <% left(i.body, 48)
        limit 1000
      ) s order by score desc, s.record_id desc limit max_hits;
    if found then return; end if;
  end loop;
end $$;
revoke all on function search_like, search_best, search_nearest from public;
grant execute on function search_like, search_best, search_nearest to regulars_app;

-- Answers of POST calls with an Idempotency-Key, kept for a day.
create table idempotency_keys (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  caller uuid not null,
  route text not null,
  key text not null,
  body_hash text not null,
  status smallint,
  answer text,
  created_at timestamptz not null,
  primary key (workspace_id, caller, route, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
call guard_tenant_table('idempotency_keys');

-- One row: which installation this is, its last backup, and whether it may send anything.
create table installation (
  id boolean primary key default true check (id),
  instance_id uuid not null,
  last_backup jsonb,
  sending_paused boolean not null default false
);
insert into installation (instance_id) values (gen_random_uuid());

-- The job queue's tables belong to the owner; requests add jobs through this function, in their own
-- transaction, and only for their own workspace.
create function enqueue(job text, payload jsonb, job_key text, run_at timestamptz, attempts integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform graphile_worker.add_job(
    'regulars',
    json_build_object('job', job, 'workspaceId', current_workspace(), 'payload', payload),
    job_key => job_key, run_at => run_at, max_attempts => attempts);
end $$;
revoke all on function enqueue from public;
grant execute on function enqueue to regulars_app;

-- The last turn of each scheduled job that somebody took.
create table schedule_turns (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  job text not null,
  slot bigint not null,
  primary key (workspace_id, job)
);
