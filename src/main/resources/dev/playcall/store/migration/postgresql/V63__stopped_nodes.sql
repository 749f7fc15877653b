-- Whether the node said at last_seen that it ends: 1 or 0.
alter table node add column stopped bigint not null default 0;
