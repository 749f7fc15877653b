-- What is open, and what was: from the first notice that says so to the one that says it is over.
create table alert (
  id          integer primary key autoincrement,
  subject     text    not null,
  opened_at   bigint  not null,
  resolved_at bigint,
  times       integer not null,
  body        text    not null,
  acked_by    text,
  acked_at    bigint,
  notes       text    not null default '[]',
  offers      text    not null default '[]'
);
create unique index alert_open on alert (subject) where resolved_at is null;
create index alert_resolved on alert (resolved_at) where resolved_at is not null;

-- What is open already when this table comes.
insert into alert (subject, opened_at, times, body)
  select m.subject, coalesce(json_extract(min(m.body), '$.at'), 0), 1, min(m.body)
  from notice_member m where m.status = 'OPEN' group by m.subject;

alter table notice_member add column alert integer;
alter table notice_member add column hushed text;
update notice_member set alert = (select a.id from alert a where a.subject = notice_member.subject);
create index notice_member_alert on notice_member (alert) where alert is not null;
create index notice_member_hushed on notice_member (hushed) where hushed is not null;
create index notice_member_open on notice_member (subject);

alter table notice_group add column waited integer not null default 0;
alter table notice_group add column changes integer not null default 0;

alter table delivery add column route text not null default '';
alter table delivery add column mute integer;
create index delivery_of_route on delivery (receiver, route, created_at);
create index delivery_of_mute on delivery (mute) where mute is not null;

alter table notice add column fingerprint text;
create index notice_fingerprint on notice (fingerprint, id) where fingerprint is not null;

create table mute (
  id       integer primary key autoincrement,
  matchers text   not null,
  reason   text   not null,
  by       text   not null,
  channel  text   not null,
  at       bigint not null,
  until    bigint,
  ended_at bigint,
  ended_by text
);
create index mute_active on mute (until) where ended_at is null;

create table escalation (
  alert     integer not null references alert (id) on delete cascade,
  route     text    not null,
  step      integer not null,
  receivers text    not null,
  labels    text    not null,
  after     bigint  not null,
  due_at    bigint,
  primary key (alert, route, step)
);
create index escalation_due on escalation (due_at) where due_at is not null;

create table offer (
  id          integer primary key autoincrement,
  alert       integer not null references alert (id) on delete cascade,
  label       text    not null,
  operation   text    not null,
  playbook    text,
  environment text    not null,
  hosts       text    not null,
  variables   text    not null,
  cool_down   bigint  not null,
  by          text,
  at          bigint,
  run         integer,
  outcome     text,
  ended_at    bigint
);
create index offer_of_alert on offer (alert);
create index offer_of_run on offer (run) where run is not null;
