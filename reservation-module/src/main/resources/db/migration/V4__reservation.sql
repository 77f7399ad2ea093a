-- Every reservation as it stands, written in the transaction of the event that changed it, so that
-- no reader on any node sees an older state than its last answer. Rebuilt from the events.
create table reservation (
    reservation uuid primary key,
    tenant      text collate "C" not null,
    branch      text collate "C" not null,
    status      text collate "C" not null,
    starts_at   timestamptz not null,
    ends_at     timestamptz not null,
    expires_at  timestamptz not null,
    services    jsonb       not null,
    claims      jsonb       not null,
    chosen_by   text collate "C" not null,
    -- sealed: nothing of a person stands readable here
    notes       jsonb,
    customer    uuid,
    details     jsonb
);

-- "my appointments", soonest first
create index reservation_of_customer on reservation (tenant, customer, starts_at)
    where customer is not null;

-- a branch's day
create index reservation_at_branch on reservation (tenant, branch, starts_at);
