-- Signed posts that were taken: whoever saw one and posts it again, with whatever headers, changes nothing.
create table signed_post (
  id    text   primary key,
  until bigint not null
) without rowid;
create index signed_post_until on signed_post (until);
