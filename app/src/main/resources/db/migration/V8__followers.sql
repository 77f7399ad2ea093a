-- How far each follower's tables have read the log; written in the transaction that writes the tables.
create table follower (
    name       text collate "C" primary key,
    position   bigint not null default 0,
    moved_at   timestamptz not null default now()
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200,
        autovacuum_vacuum_cost_delay = 0);
