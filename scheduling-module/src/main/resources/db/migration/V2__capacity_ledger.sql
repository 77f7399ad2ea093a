-- The capacity ledger: who has which place, and when. Derived from the events and written in the
-- transaction that stores them, so it never disagrees with what was acknowledged.
create extension if not exists btree_gist;

create table claim (
    tenant      text collate "C" not null,
    -- what is used up: a virtual pool's id, or a named resource's
    places      text collate "C" not null,
    -- which of its places, from 0; negative for the moment in which places are dealt anew
    place       integer     not null,
    -- how many places there were when this one was given
    capacity    integer     not null,
    reservation uuid        not null,
    -- the visit with its buffers, and without
    busy        tstzrange   not null,
    visit       tstzrange   not null,
    -- until when a hold counts; null: confirmed
    hold_until  timestamptz,
    primary key (reservation, places, place),
    constraint place_exists check (place between -capacity and capacity - 1),
    -- The last line of defence: whatever the program believes, no place is busy twice.
    constraint place_is_given_once
        exclude using gist (places with =, busy with &&, place with =, tenant with =)
);

comment on table claim is 'Places that are taken, one row per place; what the events add up to.';
