-- Why a picture was not kept is kept as a code, so that each screen says it in its reader's language.
update catalogue.photo set refusal = case
  when refusal like 'No file%' then 'nothing_arrived'
  when refusal like '%too large%' then 'too_large'
  when refusal like '%not a JPEG%' then 'no_picture'
  when refusal like '%million pixels%' then 'too_many_pixels'
  when refusal like '%too small%' then 'too_small'
  else 'damaged' end
where refusal is not null;
