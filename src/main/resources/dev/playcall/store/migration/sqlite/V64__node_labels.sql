-- The labels of the node, separated by spaces: name=value or a name. Which runs require them is said in files.
alter table node add column labels text not null default '';
