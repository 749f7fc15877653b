-- Receivers and routes that were made while Playcall works. What of a definition is secret is in the table of secrets.
create table notify_receiver (
  name       text   primary key,
  definition text   not null,
  made_by    text   not null,
  made_at    bigint not null
);

create table notify_route (
  id         integer primary key autoincrement,
  definition text   not null,
  made_by    text   not null,
  made_at    bigint not null
);
