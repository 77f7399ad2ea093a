-- finds the holds that ended; appointments are not in it
create index claim_ends on claim (hold_until) where hold_until is not null;
