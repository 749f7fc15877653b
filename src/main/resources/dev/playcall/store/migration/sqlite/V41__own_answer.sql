-- Whether a host can be reached is told by its own answer; that a run was cut short says nothing about it.
delete from host_status
where kind = 'ssh' and status in ('timed_out', 'cancelled', 'interrupted', '') and working_run is null;
