-- What is asked at every beat is looked up and never read through, however much waits or was told.

-- The oldest that waits for a receiver comes first: in the order of the numbers and not sorted each time.
create index delivery_waiting on delivery (receiver, id) where state in ('due', 'sending');

-- How many messages went out lately, which the folded ones of a storm must not make slow.
create index delivery_told on delivery (receiver, route, created_at) where state not in ('muted', 'folded');
drop index delivery_of_route;

-- When many were last told as one.
create index delivery_digest on delivery (receiver, route, created_at) where thread >= 'digest/' and thread < 'digest0';

-- What one receiver hears of by one route next.
create index notice_group_line on notice_group (receiver, route, due_at) where due_at is not null;

-- Why a group is not told yet, for those who look for it: empty when it only waits for more of the same.
alter table notice_group add column held text not null default '';
