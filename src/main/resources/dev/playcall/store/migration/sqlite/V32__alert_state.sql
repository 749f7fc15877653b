-- What the last report about each subject said: a report changes it unless its own times show that it is older.
-- Whether it is open now says the table of alerts.
create table alert_state (
  subject     text    primary key,
  severity    text    not null,
  starts_at   bigint,
  heard_start integer not null,
  ends_at     bigint,
  heard_at    bigint  not null,
  hash        text    not null
) without rowid;
create index alert_state_heard on alert_state (heard_at);

insert into alert_state (subject, severity, starts_at, heard_start, heard_at, hash)
  select subject, severity, opened_at, 1, heard_at, '' from (
    select subject, json_extract(body, '$.severity') severity, json_extract(body, '$.kind') kind, opened_at,
      coalesce(resolved_at, opened_at) heard_at, max(id)
    from alert group by subject)
  where kind not like 'run.%';
