-- Somebody says that another identity is also theirs; true once that identity says the same.
create table person_claim (
  person text   not null,
  other  text   not null,
  at     bigint not null,
  primary key (person, other)
);

-- Identities with the same number are one human.
create table person_human (
  person text    primary key,
  human  integer not null
);
create index person_human_by_human on person_human (human);
