-- On which terms a run was taken, what it would do, and who has agreed: read and written as one.
alter table run add column agreement text;

-- Who keeps others from changing an environment. Nobody holds two locks of one environment.
create table environment_lock (
  environment text   primary key,
  holder      text   not null,
  reason      text   not null,
  since       bigint not null,
  until       bigint
);
