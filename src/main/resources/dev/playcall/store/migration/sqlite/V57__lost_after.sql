-- Without a word of a node for so many milliseconds, its runs are given up; 0: it did not say.
alter table node add column lost_after integer not null default 0;
