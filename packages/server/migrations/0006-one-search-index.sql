-- Typing errors are found through the index of the whole texts, too: a name nearly like what was typed makes its
-- text so. That costs a search some milliseconds and saves every write a second index of trigrams.
drop index search_index_names;
create or replace function search_nearest(query text, wanted_entities text[], max_hits integer)
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
          and query <% i.body and query <% left(i.body, 48)
        limit 1000
      ) s order by score desc, s.record_id desc limit max_hits;
    if found then return; end if;
  end loop;
end $$;
