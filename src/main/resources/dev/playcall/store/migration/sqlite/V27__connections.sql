-- What reached a host in a run: ssh, local for the gateway's own machine; null when nobody knows.
alter table host_result add column connection text;
