-- What dashboards may read, and nothing else: see docs/reports.md for the meaning of each column, and
-- docs/dashboards.md for the role. Names and columns stay.
create schema reporting;

-- The last event whose facts count, asked for once per query; set holdfast.as_of to a position to see figures as they were known then.
create function reporting.as_of() returns bigint
    language sql stable
    return coalesce(nullif(current_setting('holdfast.as_of', true), '')::bigint, 9223372036854775806);

create view reporting.reservations as
select tenant, branch, zone, service,
       array(select s ->> 'service' from jsonb_array_elements(services) s)  as services,
       array(select c ->> 'places' from jsonb_array_elements(claims) c)     as resources,
       status, handed_over, extensions, moves, confirmed_at is not null     as confirmed,
       held_day, held_hour, confirmed_day, confirmed_hour, visit_day, visit_hour, lead_minutes
from public.reservation_fact
where valid_from <= (select reporting.as_of()) and valid_to > (select reporting.as_of());

create view reporting.funnel as
select tenant, branch, service, resources, held_day as day, held_hour as hour,
       count(*)                                                          as held,
       count(*) filter (where confirmed)                                 as confirmed,
       count(*) filter (where status = 'EXPIRED')                        as expired,
       count(*) filter (where status = 'RELEASED' and not handed_over)   as released,
       count(*) filter (where handed_over)                               as handed_over,
       count(*) filter (where status = 'RESERVED')                       as open,
       count(*) filter (where status = 'CANCELLED')                      as cancelled
from reporting.reservations
group by 1, 2, 3, 4, 5, 6;

create view reporting.expiry as
select tenant, branch, service, resources, held_day as day, held_hour as hour,
       count(*)                                                            as held,
       count(*) filter (where status = 'EXPIRED')                          as expired,
       count(*) filter (where extensions > 0)                              as extended,
       count(*) filter (where extensions > 0 and status = 'EXPIRED')       as extended_and_expired
from reporting.reservations
group by 1, 2, 3, 4, 5, 6;

-- a row for each appointment, so that medians can be taken
create view reporting.lead_time as
select tenant, branch, service, resources, confirmed_day as day, confirmed_hour as hour, lead_minutes
from reporting.reservations
where confirmed;

create view reporting.no_show as
select tenant, branch, service, resources, visit_day as day, visit_hour as hour,
       count(*)                                                      as appointments,
       count(*) filter (where status in ('ARRIVED', 'COMPLETED'))    as attended,
       count(*) filter (where status = 'NO_SHOW')                    as missed,
       count(*) filter (where status = 'CONFIRMED')                  as unmarked
from reporting.reservations
where confirmed and status <> 'CANCELLED'
group by 1, 2, 3, 4, 5, 6;

create view reporting.offered_time as
select tenant, branch, services, places as resource, day, (hour.number - 1)::smallint as hour,
       hour.minutes::bigint as minutes
from public.offered_minutes
cross join lateral unnest(minutes) with ordinality as hour (minutes, number)
where valid_from <= (select reporting.as_of()) and valid_to > (select reporting.as_of()) and hour.minutes > 0;

-- A visit that lasts over a full hour counts in each hour with its part; visit_day finds visits fast. Where the clock is changed meanwhile, hours
-- go on as they began.
create view reporting.booked_time as
select tenant, branch, service, resource, visit_day, part.hour::date as day,
       extract(hour from part.hour)::smallint as hour,
       extract(epoch from least(ends, part.hour + interval '1 hour') - greatest(begins, part.hour))
           * units / 60 as minutes
from (
    select tenant, branch, service, visit_day, claim ->> 'places' as resource, (claim ->> 'units')::int as units,
           busy_from at time zone zone                           as begins,
           (busy_from at time zone zone) + (busy_to - busy_from) as ends
    from public.reservation_fact
    cross join lateral jsonb_array_elements(claims) claim
    where confirmed_at is not null and status <> 'CANCELLED'
      and valid_from <= (select reporting.as_of()) and valid_to > (select reporting.as_of())
) visit
cross join lateral generate_series(
    date_trunc('hour', begins), ends - interval '1 microsecond', interval '1 hour') as part (hour);

create view reporting.utilisation as
select tenant, branch, resource, day, hour,
       sum(offered)::bigint as offered_minutes, sum(booked) as booked_minutes
from (
    select tenant, branch, resource, day, hour, minutes as offered, 0 as booked from reporting.offered_time
    union all
    select tenant, branch, resource, day, hour, 0, minutes from reporting.booked_time
) both_sides
group by 1, 2, 3, 4, 5;

create view reporting.demand as
select tenant, branch, service, day, hour,
       sum(times) filter (where starts_at <> 'infinity')::bigint as taken,
       sum(times) filter (where starts_at = 'infinity')::bigint  as nothing_free
from public.unmet_demand
group by 1, 2, 3, 4, 5;

-- Whoever may not create roles finds these lines in docs/dashboards.md, to be run by who may.
do $$
begin
    if not exists (select from pg_roles where rolname = 'holdfast_reporting') then
        create role holdfast_reporting nologin;
    end if;
exception
    when insufficient_privilege or duplicate_object or unique_violation then null;
end $$;

do $$
begin
    if exists (select from pg_roles where rolname = 'holdfast_reporting') then
        grant usage on schema reporting to holdfast_reporting;
        grant select on all tables in schema reporting to holdfast_reporting;
    end if;
end $$;
