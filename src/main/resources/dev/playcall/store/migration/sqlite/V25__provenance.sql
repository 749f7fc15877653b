-- Who stands behind a run, as it was when it was asked for.
alter table run add column provenance text;

-- Of what awaits approval it is written down now, while it is known: later a schedule or a token may be gone.
update run set provenance = (
  select json_object('human', owner, 'identities', json_array(owner, of, run.requested_by),
                     'through', json_array(run.requested_by))
  from (
    select s.owner as of, coalesce((
      select max(t.owner) from api_token t where 'token:' || t.name = s.owner having count(distinct t.owner) = 1),
      s.owner) as owner
    from schedule s where 'schedule:' || s.id = run.requested_by
    union all
    select t.owner, t.owner from api_token t where 'token:' || t.name = run.requested_by
    group by t.name having count(distinct t.owner) = 1)
  limit 1)
where state = 'awaiting_approval';

-- The keys of clients belong to whoever said them, and are told from the names that Playcall gives. Which route one was said
-- on is not known of those before.
update run set message_id = 'http * ' || requested_by || ' ' || message_id
where channel = 'api' and message_id is not null
  and not (message_id like 'schedule:%' and requested_by like 'schedule:%')
  and not (retry_of is not null and message_id = 'retry-by-itself:' || retry_of)
  and not (is_check = 1 and message_id like 'look-ahead:%' and name = 'look ahead of #' || substr(message_id, 12));
update batch set message_id = 'http * ' || by || ' ' || message_id where channel = 'api' and message_id is not null;
update schedule set message_id = 'http * ' || owner || ' ' || message_id
where channel = 'api' and message_id is not null;
