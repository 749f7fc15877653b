-- The gateways on this database, with the times of its clock.
create table node (
  name       text primary key not null,
  version    text not null,
  started_at integer not null,
  last_seen  integer not null
);
