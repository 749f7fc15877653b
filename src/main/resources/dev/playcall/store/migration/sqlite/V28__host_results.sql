-- A host that stands in no inventory (add_host, the implicit localhost): no run can be limited to it.
alter table host_result add column added integer not null default 0;
