-- Many jobs at once: [{"key": text, "payload": {}}], as `enqueue` adds one.
create function enqueue_all(job text, items jsonb, run_at timestamptz, attempts integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform graphile_worker.add_jobs(array(
    select json_populate_record(null::graphile_worker.job_spec, json_build_object(
      'identifier', 'regulars',
      'payload', json_build_object('job', job, 'workspaceId', current_workspace(), 'payload', item -> 'payload'),
      'job_key', item ->> 'key', 'run_at', run_at, 'max_attempts', attempts))
    from jsonb_array_elements(items) item));
end $$;
revoke all on function enqueue_all from public;
grant execute on function enqueue_all to regulars_app;

-- Payloads of jobs that were due and that nobody has begun: they are done with the caller's transaction, or wait on.
create function take_jobs(wanted_job text, key_prefix text, due timestamptz, most integer) returns setof jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
  with taken as (
    delete from graphile_worker._private_jobs j where j.id = any (array(
      select w.id from graphile_worker._private_jobs w
      where w.is_available and w.run_at <= due and starts_with(w.key, key_prefix)
        and w.payload ->> 'workspaceId' = current_workspace()::text and w.payload ->> 'job' = wanted_job
      order by w.id limit most for update skip locked))
    returning (j.payload -> 'payload')::jsonb as payload)
  select taken.payload from taken;
end $$;
revoke all on function take_jobs from public;
grant execute on function take_jobs to regulars_app;
