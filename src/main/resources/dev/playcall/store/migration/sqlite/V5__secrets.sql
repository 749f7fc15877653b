-- Secrets, closed with keys that are not here.
create table secret (
  environment text   not null,
  name        text   not null,
  kind        text   not null,
  sealed      text   not null,
  set_by      text   not null,
  set_at      bigint not null,
  primary key (environment, name)
);

-- Values that were given for one run, until it is over.
create table secret_once (
  id     text   primary key,
  sealed text   not null,
  at     bigint not null
);

-- A wish that waits says in which of them its secret variables are.
alter table chat_wish add column secrets text not null default '{}';
