-- Which node does what one does at a time, until when by the clock of the database.
create table lease (
  name       text collate "C" primary key not null,
  node       text collate "C" not null,
  held_until bigint not null
);
