-- What dashboards count: every version of every reservation. Written from the log, after the commit, by a follower;
-- a version counts from the event at valid_from (inclusive) to that at valid_to (exclusive).
create table reservation_fact (
    reservation    uuid     not null,
    valid_from     bigint   not null,
    valid_to       bigint   not null,
    tenant         text collate "C" not null,
    branch         text collate "C" not null,
    -- of the branch, when the event was recorded: days and hours are local
    zone           text collate "C" not null,
    -- the first of the visit's services, and all of them
    service        text collate "C" not null,
    services       jsonb    not null,
    claims         jsonb    not null,
    -- the resource that the customer asked for
    chosen         text collate "C",
    status         text collate "C" not null,
    -- its places went to an appointment
    handed_over    boolean  not null,
    extensions     integer  not null,
    moves          integer  not null,
    held_at        timestamptz not null,
    -- when it was asked for the time that the visit has
    asked_at       timestamptz not null,
    confirmed_at   timestamptz,
    -- since when it takes no places any more
    ended_at       timestamptz,
    visit_from     timestamptz not null,
    visit_to       timestamptz not null,
    busy_from      timestamptz not null,
    busy_to        timestamptz not null,
    held_day       date     not null,
    held_hour      smallint not null,
    confirmed_day  date,
    confirmed_hour smallint,
    visit_day      date     not null,
    visit_hour     smallint not null,
    -- from confirming to the visit as it was confirmed
    lead_minutes   integer,
    primary key (reservation, valid_from)
);

create index reservation_fact_by_hold on reservation_fact (tenant, held_day);
create index reservation_fact_by_confirmation on reservation_fact (tenant, confirmed_day)
    where confirmed_day is not null;
create index reservation_fact_by_visit on reservation_fact (tenant, visit_day);

-- The zone of each branch, as far as the facts have read the log.
create table branch_zone (
    tenant text collate "C" not null,
    branch text collate "C" not null,
    zone   text collate "C" not null,
    primary key (tenant, branch)
);
