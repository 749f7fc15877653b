-- The gateways on this database, with the times of its clock.
create table node (
  name       text collate "C" primary key not null,
  version    text collate "C" not null,
  started_at bigint not null,
  last_seen  bigint not null
);
