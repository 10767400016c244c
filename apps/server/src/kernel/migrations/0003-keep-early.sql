-- As `kernel.keep_if`, whose commit waits for the disk with its locks in hand. Behind this one whoever waits for the rows
-- goes on at once, and the answer to the customer waits instead: only for callers that do so (decision 0014). The log is
-- one sequence, so nothing that was built on this commit can outlive it.
create function kernel.keep_early(answer jsonb, outcome text) returns jsonb language plpgsql as $$
begin
  if answer ->> 'outcome' = outcome then
    perform set_config('synchronous_commit', 'off', true);
    return answer;
  end if;
  raise exception '%', answer using errcode = 'JR409';
end $$;
