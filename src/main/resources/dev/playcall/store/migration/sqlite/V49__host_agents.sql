-- The agent of each host, by its last report.
create table host_agent (
  environment text   not null,
  host        text   not null,
  server_uuid text   not null,
  version     text   not null,
  first_seen  bigint not null,
  last_seen   bigint not null,
  interval    bigint not null,
  primary key (environment, host)
) without rowid;
