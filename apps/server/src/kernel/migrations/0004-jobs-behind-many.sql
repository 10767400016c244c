-- A job for every subscriber of an event. The worker's own function looks for a job of the same key, which ours never
-- have; planned while its table was still empty, as a new connection may find it, that look read every waiting job. At
-- 9,000 waiting jobs an event cost four times the order it told of. A plan made here goes by the index.
create function kernel.add_jobs(told text, payload json) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off
as $$
begin
  if exists (select from kernel.subscription where event = told) then
    perform graphile_worker.add_jobs(array(
      select row(subscription.task, payload, null, null, null, null, null, null)::graphile_worker.job_spec
      from kernel.subscription where event = told order by task));
  end if;
end $$;
