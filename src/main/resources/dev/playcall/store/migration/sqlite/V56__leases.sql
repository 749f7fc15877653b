-- Which node does what one does at a time, until when by the clock of the database.
create table lease (
  name       text primary key not null,
  node       text not null,
  held_until integer not null
);
