package holdfast.pages;

import holdfast.catalogue.Branch;
import holdfast.catalogue.BranchId;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.TimeRange;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * What a visitor comes for, where and when.
 *
 * @param services each with how many, where that is not one
 * @param date null as long as there is no time
 * @param at the start, by which a browser compares the zones
 */
record Summary(
        List<String> services,
        String branch,
        List<String> address,
        @Nullable String date,
        @Nullable String time,
        String zone,
        String zoneId,
        @Nullable String at) {

    static Summary of(
            Visitor visitor, BranchId id, List<ServiceCount> services, @Nullable TimeRange when) {
        var branch = visitor.catalogue().branch(id);
        // a branch that was removed since keeps the tenant's zone, as in the calls
        var zone = branch.map(Branch::timeZone).orElse(visitor.catalogue().tenant().timeZone());
        return new Summary(
                services.stream().map(service -> name(visitor, service)).toList(),
                branch.map(known -> visitor.text(known.name())).orElse(""),
                branch.map(known -> Visitor.address(known, visitor.locale())).orElse(List.of()),
                when == null ? null : visitor.date(LocalDate.ofInstant(when.start(), zone)),
                when == null ? null : times(visitor, when, zone),
                visitor.zone(zone),
                zone.getId(),
                when == null ? null : when.start().toString());
    }

    private static String times(Visitor visitor, TimeRange when, ZoneId zone) {
        return visitor.time(when.start(), zone) + " – " + visitor.time(when.end(), zone);
    }

    private static String name(Visitor visitor, ServiceCount wanted) {
        var name =
                visitor.catalogue()
                        .service(wanted.service())
                        .map(service -> visitor.text(service.name()))
                        .orElse("");
        return wanted.numberOfReservations() == 1
                ? name
                : name + " × " + wanted.numberOfReservations();
    }
}
