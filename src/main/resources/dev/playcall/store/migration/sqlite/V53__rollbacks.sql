-- Which deployment a run takes back, so that nobody does it twice at a time.
alter table run add column rolls_back integer;

update run
set rolls_back = (
  select cast(substr(value, 10) as integer) from json_each(run.provenance, '$.through')
  where value like 'rollback:%' order by key desc limit 1)
where provenance like '%"rollback:%';

create index run_by_rollback on run (rolls_back, id) where rolls_back is not null;
create index batch_by_retried on batch (retry_of, id) where retry_of is not null;
