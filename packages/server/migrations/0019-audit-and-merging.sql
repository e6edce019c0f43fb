-- What a member did, and what bears on security of it, is found without reading what others did.
create index events_by_actor on events (workspace_id, actor_id, id) where actor_id is not null;
create index events_of_security_by_actor on events (workspace_id, actor_id, id) where type like 'security.%';

-- The role that serves requests says what happened and can erase it, but can't pass anything off as handed over and sealed.
revoke insert, update on events from regulars_app;
grant insert (workspace_id, id, type, occurred_at, recorded_at, actor_type, actor_id, operation_id, data, depth) on events to regulars_app;
grant update (occurred_at, data, salt) on events to regulars_app;

-- Whoever is erased is looked for in what merges keep of records.
create index merged_parts_about on merged_parts (workspace_id, (before ->> 'id'));

-- Results of operations name records by their ids; what they are called is read when somebody looks.
create function without_names(list jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_agg(entry - 'name' order by place), '[]') from jsonb_array_elements(list) with ordinality as of (entry, place)
$$;
update operations set
  summary = summary
    || case when jsonb_typeof(summary -> 'kept') = 'array' then jsonb_build_object('kept', without_names(summary -> 'kept')) else '{}' end
    || case when jsonb_typeof(summary -> 'arrived') = 'array' then jsonb_build_object('arrived', without_names(summary -> 'arrived')) else '{}' end
    || case when jsonb_typeof(summary #> '{undo}') = 'object' then jsonb_build_object('undo', (summary -> 'undo')
      || case when jsonb_typeof(summary #> '{undo,kept}') = 'array' then jsonb_build_object('kept', without_names(summary #> '{undo,kept}')) else '{}' end
      || case when jsonb_typeof(summary #> '{undo,arrived}') = 'array' then jsonb_build_object('arrived', without_names(summary #> '{undo,arrived}')) else '{}' end)
      else '{}' end,
  input = input
    || case when jsonb_typeof(input -> 'kept') = 'array' then jsonb_build_object('kept', without_names(input -> 'kept')) else '{}' end
where kind in ('import', 'bulk', 'undo', 'merge', 'unmerge');
drop function without_names(jsonb);
