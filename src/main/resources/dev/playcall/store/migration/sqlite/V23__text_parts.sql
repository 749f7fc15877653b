-- The index of words in parts of 16384 runs each. In one index of a million runs the entries of a common word are written
-- anew in one go when parts of the index are merged, which kept whoever wanted to start a run waiting for seconds. A part
-- that is full changes only when runs are forgotten, and goes when the last of its runs does.
create table text_part (
  first integer primary key,
  last  integer not null,
  name  text    not null unique
);
-- What is there already is the first part, however large: it cannot be divided, as the words themselves are not kept.
insert into text_part (first, last, name)
  select 0, coalesce(max(id), 0) / 16384 * 16384 + 16383, 'run_text' from run_text_docsize;
-- No part is written anew when some of its runs are forgotten.
insert into run_text (run_text, rank) values ('deletemerge', 0);
