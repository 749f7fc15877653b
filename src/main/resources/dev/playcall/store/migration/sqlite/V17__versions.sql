-- What a run put live on a host, and what was live there before.
alter table host_result add column version text;
alter table host_result add column version_before text;

-- Which versions really ran in an environment, and the last run that put each there. Kept when the run is forgotten.
create table deployed (
  environment text    not null,
  version     text    not null,
  run         integer not null,
  at          bigint  not null,
  primary key (environment, version)
);
insert into deployed (environment, version, run, at)
  select environment, version, max(run), max(coalesce(completed, started)) from host_status
  where kind = 'deploy' and version <> '' group by environment, version;
