-- A name stands for one schedule that will come again, whoever writes it. Of several the later ones get their number added.
update schedule set plan = json_set(plan, '$.name', json_extract(plan, '$.name') || ' ' || id)
where (next_at is not null or paused_at is not null)
  and json_extract(plan, '$.operation') <> 'report'
  and json_extract(plan, '$.name') <> ''
  and exists (
    select 1 from schedule earlier
    where earlier.id < schedule.id
      and (earlier.next_at is not null or earlier.paused_at is not null)
      and json_extract(earlier.plan, '$.operation') <> 'report'
      and lower(json_extract(earlier.plan, '$.name')) = lower(json_extract(schedule.plan, '$.name')));

create unique index one_active_schedule_of_a_name on schedule (lower(json_extract(plan, '$.name')))
where (next_at is not null or paused_at is not null)
  and json_extract(plan, '$.operation') <> 'report'
  and json_extract(plan, '$.name') <> '';
