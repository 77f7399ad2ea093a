-- The tables of a projection being made anew from the log: how far that has come.
create table projection_replay (
    name        text collate "C" primary key,
    state       text collate "C" not null,
    position    bigint  not null default 0,
    -- where the log ended when it began
    goal        bigint  not null,
    started_at  timestamptz not null default now(),
    moved_at    timestamptz not null default now(),
    ended_at    timestamptz,
    -- rows that were not as the log says
    differences bigint,
    failure     text
);
