-- The audit chain: what happened is sealed in blocks, each bound to the one before it. A block holds salted hashes of
-- events with what they changed, and no values; the salts stand with the events and go with them, so that nothing can be
-- guessed from the hash of something erased. Only the dispatcher, as the owner, writes blocks.
alter table events add column salt bytea;

-- Everything an event says, as one text that is the same whenever it is asked for. Its place on timelines is left out:
-- that moves when somebody corrects when a call was.
create function event_facts(e events) returns text language sql stable as $$
  select jsonb_build_array(
    e.id, e.type, extract(epoch from e.recorded_at)::text,
    e.actor_type, e.actor_id, e.operation_id, e.data,
    case when e.type like '%.created' or jsonb_typeof(e.data -> 'ids') is distinct from 'array' then '[]' else (
      select coalesce(jsonb_agg(jsonb_build_array(c.record_id, c.version, c.kind, c.before, c.after) order by c.record_id, c.version), '[]')
      from changes c
      where c.workspace_id = e.workspace_id and c.event_id = e.id
        and c.record_id in (select (entry #>> '{}')::uuid from jsonb_array_elements(e.data -> 'ids') entry)
    ) end
  )::text
$$;
create function event_leaf(e events) returns bytea language sql stable as $$
  select sha256(e.salt || convert_to(event_facts(e), 'UTF8'))
$$;

create table audit_blocks (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  seq bigint not null,
  sealed_at timestamptz not null,
  event_ids uuid[] not null,
  -- 32 bytes for each event, in the order of their ids above.
  leaves bytea not null,
  previous bytea not null,
  hash bytea not null,
  primary key (workspace_id, seq)
);
call guard_tenant_table('audit_blocks', 'select');

-- What bears on security is looked for beside the many changes of records.
create index events_of_security on events (workspace_id, id) where type like 'security.%';
