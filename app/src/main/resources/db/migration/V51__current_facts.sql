-- Figures as they are now are counted from these indexes alone: a year of a large city is half a million short entries
-- instead of three versions of each reservation.
create index reservation_fact_held_now on reservation_fact (tenant, held_day)
    include (branch, service, status, handed_over, extensions, confirmed_at, held_hour, lead_minutes)
    where valid_to = 9223372036854775807;

create index reservation_fact_confirmed_now on reservation_fact (tenant, confirmed_day)
    include (branch, service, status, handed_over, extensions, confirmed_at, confirmed_hour, lead_minutes)
    where valid_to = 9223372036854775807 and confirmed_at is not null;

create index reservation_fact_visits_now on reservation_fact (tenant, visit_day)
    include (branch, service, status, handed_over, extensions, confirmed_at, visit_hour, lead_minutes)
    where valid_to = 9223372036854775807 and confirmed_at is not null;
