-- When the first task of a host began in a run; null for older rows, of which nobody knows.
alter table host_result add column started integer;
