-- What was set while Playcall works, in place of what the file says.
create table setting (
  name  text    not null primary key,
  value text    not null,
  by    text    not null,
  at    bigint  not null
);
