-- For how long places are offered on each day, by the rules as they were known; laid out a year ahead of the log.
create table offered_minutes (
    tenant     text collate "C" not null,
    branch     text collate "C" not null,
    -- a virtual pool's id, or a named resource's
    places     text collate "C" not null,
    day        date   not null,
    valid_from bigint not null,
    valid_to   bigint not null,
    -- the services that may be served there
    services   text[] collate "C" not null,
    -- of each local hour from 0 to 23: minutes times places
    minutes    integer[] not null,
    primary key (tenant, branch, places, day, valid_from)
);

create index offered_minutes_by_day on offered_minutes (tenant, day);

-- How far it is laid out, and by which change of the catalogue.
create table offered_until (
    tenant      text collate "C" primary key,
    stream      text collate "C" not null,
    -- inclusive
    day         date   not null,
    -- the command whose events it was laid out for last, its first event, and when that was recorded
    origin      text collate "C" not null,
    origin_from bigint not null,
    origin_at   timestamptz not null
);

-- Demand that found no slot. It is no event, so it is counted here, by all nodes, some seconds late.
create table unmet_demand (
    tenant    text collate "C" not null,
    branch    text collate "C" not null,
    service   text collate "C" not null,
    -- how often the service was wanted
    number    integer  not null,
    -- when it was asked for, in the branch's zone
    day       date     not null,
    hour      smallint not null,
    -- the start that others had taken; 'infinity': any time, and the list was empty
    starts_at timestamptz not null,
    times     bigint   not null,
    primary key (tenant, branch, service, number, day, hour, starts_at)
);

create index unmet_demand_by_day on unmet_demand (tenant, day);
