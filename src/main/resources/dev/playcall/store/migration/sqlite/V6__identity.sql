-- Who may log in to the page.
create table account (
  name     text    primary key,
  password text    not null,
  admin    integer not null,
  created  bigint  not null
);

-- Browsers that are logged in, by the hash of what they keep.
create table web_session (
  credential text   primary key,
  account    text   not null references account (name) on delete cascade,
  opened     bigint not null,
  seen       bigint not null,
  expires    bigint not null,
  address    text   not null
);
create index web_session_account on web_session (account);

-- What programs identify themselves with, by the hash of their secret. A revoked one stays: runs name it.
create table api_token (
  id      integer primary key autoincrement,
  name    text    not null,
  hash    text    not null unique,
  owner   text    not null,
  scopes  text    not null,
  created bigint  not null,
  expires bigint  not null,
  used    bigint,
  revoked bigint
);
create unique index api_token_name on api_token (name) where revoked is null;
