-- Which runs did a run again: those that retry it are known, those that re-run it are written beside them.
alter table run add column rerun_of integer;

update run
set rerun_of = (
  select cast(substr(value, 7) as integer) from json_each(run.provenance, '$.through')
  where value like 'rerun:%' order by key desc limit 1)
where provenance like '%"rerun:%';

create index run_by_retried on run (retry_of, id) where retry_of is not null;
create index run_by_rerun on run (rerun_of, id) where rerun_of is not null;
