-- Lets the last statement of a transaction and its commit travel together: an answer that is not the one hoped for fails
-- the transaction, so that the commit behind it undoes everything; the answer comes back as the error's message.
create function kernel.keep_if(answer jsonb, outcome text) returns jsonb language plpgsql as $$
begin
  if answer ->> 'outcome' = outcome then return answer; end if;
  raise exception '%', answer using errcode = 'JR409';
end $$;
