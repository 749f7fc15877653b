-- Of two machines with one name, which one it is: what its data folder is called.
alter table node add column installation text not null default '';
