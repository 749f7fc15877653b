-- Who did what. Each row holds the hash of the one before it (security.AuditEntry), so nothing here is ever changed.
create table audit (
  sequence integer primary key,
  at       bigint not null,
  person   text   not null,
  channel  text   not null,
  deed     text   not null,
  subject  text   not null,
  decision text   not null,
  reason   text   not null,
  details  text   not null,
  hash     text   not null,
  seal     text   not null,
  -- To search by. They are made from the details, so there is nothing in them that a hash would have to cover.
  environment text generated always as (case when json_valid(details) then json_extract(details, '$.environment') end) virtual,
  run         text generated always as (case when json_valid(details) then json_extract(details, '$.run') end) virtual,
  wish        text generated always as (case when json_valid(details) then json_extract(details, '$.wish') end) virtual
);
create index audit_by_person on audit (person, sequence);
create index audit_by_environment on audit (environment, sequence) where environment is not null;
create index audit_by_run on audit (run, sequence) where run is not null;
create index audit_by_wish on audit (wish) where wish is not null;
create index audit_by_time on audit (at);

create trigger audit_is_never_changed before update on audit
begin
  select raise(abort, 'the audit log is only added to');
end;

create trigger audit_is_never_deleted before delete on audit
begin
  select raise(abort, 'the audit log is only added to');
end;
