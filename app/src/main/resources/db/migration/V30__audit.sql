-- Follow the log, for questions about the past. Written moments after the commit, by nobody who books.

-- Who had which places, and from which event to which: a row for each state of a claim and each day of UTC that it
-- reaches into, so that days of a pool are found without reading the rest.
create table claim_history (
    tenant      text collate "C" not null,
    places      text collate "C" not null,
    -- of busy_from and of those after it until busy_to, as days since 1970
    day         integer     not null,
    -- number of the event from which on it was so
    valid_from  bigint      not null,
    -- number of the event from which on it was not so any more; null: it still is
    valid_to    bigint,
    reservation uuid        not null,
    units       integer     not null,
    busy_from   timestamptz not null,
    busy_to     timestamptz not null,
    starts_at   timestamptz not null,
    ends_at     timestamptz not null,
    -- null: confirmed
    hold_until  timestamptz,
    primary key (tenant, places, day, valid_from)
);

create index claim_history_now on claim_history (reservation) where valid_to is null;

-- Each change of a catalogue: one command, which is shown whole or not at all.
create table catalogue_change (
    tenant         text collate "C" not null,
    command        text collate "C" not null,
    first_position bigint not null,
    -- in the tenant's stream, of the command's last event
    last_sequence  bigint not null,
    primary key (tenant, command)
);

create index catalogue_change_in_order on catalogue_change (tenant, first_position);

-- Stretches of the log with the earliest time in them: by these an instant finds its event.
create table log_mark (
    first_position bigint primary key,
    last_position  bigint      not null,
    events         integer     not null,
    earliest       timestamptz not null
);

-- Which events are a tenant's.
create table tenant_event (
    tenant   text collate "C" not null,
    position bigint not null,
    primary key (tenant, position)
);
