-- How long the way to a host and back took on an open connection, as a ping measured it; null when nobody did.
alter table host_result add column latency integer;
-- What reached a host when it was last tried, and no latency that was the time of a whole task.
alter table host_status add column connection text;
update host_status set latency = null;
