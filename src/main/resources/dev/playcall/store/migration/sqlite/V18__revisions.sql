-- Which commits the files had that a run was made of; see domain.Revision.
alter table run add column revision text;
