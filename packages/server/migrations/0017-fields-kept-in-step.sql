-- Which declaration of its own fields a workspace has; it grows with every change of them.
alter table workspaces add column fields_version integer not null default 0;

-- Every transaction that may write begins here, beside others or alone. Each statement of the function sees what was
-- committed while the one before it waited, so whoever knows an earlier declaration is refused before writing by it.
create function pass_gate(place uuid, alone boolean, fields integer) returns void
language plpgsql as $$
begin
  if alone then perform pg_advisory_xact_lock(hashtextextended('gate/' || place, 0));
  else perform pg_advisory_xact_lock_shared(hashtextextended('gate/' || place, 0));
  end if;
  if fields is not null and not exists (select from workspaces where id = place and fields_version = fields) then
    raise exception 'the own fields have changed' using errcode = 'RG001';
  end if;
end $$;
revoke all on function pass_gate from public;
grant execute on function pass_gate to regulars_app;

-- Records whose derived values (results of formulas, search text) are brought to a changed declaration, in steps in
-- the order of their ids; the row goes with the last step.
create table field_computations (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  entity text not null,
  -- The last record that was looked at.
  done_to uuid not null,
  started_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, entity)
);
call guard_tenant_table('field_computations');
-- What was derived until now may be of earlier declarations.
insert into field_computations (workspace_id, id, entity, done_to, started_at)
select workspace_id, gen_random_uuid(), entity, '00000000-0000-0000-0000-000000000000', now()
from own_fields group by workspace_id, entity;

-- A long text is cut in the search index (at 10,000 units, of which a character has two at most): such a record may
-- hold what is looked for behind the cut.
create index search_index_long on search_index (workspace_id, entity) where length(body) >= 5000;
create function search_perhaps(wanted_entity text, pattern text) returns setof uuid
language sql stable security definer set search_path = public, pg_temp rows 200
begin atomic
  select record_id from search_index
  where workspace_id = current_workspace() and entity = wanted_entity and body like pattern
  union all
  select record_id from search_index
  where workspace_id = current_workspace() and entity = wanted_entity and length(body) >= 5000;
end;
revoke all on function search_perhaps from public;
grant execute on function search_perhaps to regulars_app;
