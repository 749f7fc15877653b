-- Which runs a message is about.
create table delivery_run (
  delivery integer not null references delivery (id) on delete cascade,
  run      integer not null,
  primary key (run, delivery)
) without rowid;
create index delivery_run_of on delivery_run (delivery);
