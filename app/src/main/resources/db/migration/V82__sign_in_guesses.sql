-- How many passwords were guessed lately, by name and network, by network and by name: keyed digests, so that nobody
-- reads here who tried to sign in, or from where.
create table sign_in_guess (
    digest  bytea primary key,
    made    integer not null,
    ends_at timestamptz not null
);
create index sign_in_guess_ends on sign_in_guess (ends_at);
