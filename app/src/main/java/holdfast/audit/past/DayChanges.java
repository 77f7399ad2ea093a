package holdfast.audit.past;

import holdfast.catalogue.Branch;
import holdfast.catalogue.BranchId;
import holdfast.catalogue.CatalogueEvent;
import holdfast.catalogue.CatalogueEvent.BranchDefined;
import holdfast.catalogue.CatalogueEvent.BranchRemoved;
import holdfast.catalogue.CatalogueEvent.HolidayCalendarDefined;
import holdfast.catalogue.CatalogueEvent.OfferDefined;
import holdfast.catalogue.CatalogueEvent.OfferWithdrawn;
import holdfast.catalogue.CatalogueEvent.ResourcePoolDefined;
import holdfast.catalogue.CatalogueEvent.ServiceDefined;
import holdfast.catalogue.CatalogueEvent.ServiceRemoved;
import holdfast.catalogue.ServiceId;
import holdfast.scheduling.PlacesId;
import holdfast.scheduling.VisitRules;
import holdfast.scheduling.VisitWish;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which events changed what is offered on a day. */
@Component
class DayChanges {

    private final JdbcClient jdbc;

    DayChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order of the log. */
    List<Cause> of(PastCatalogue past, VisitRules rules, LocalDate date) {
        var changes = new ArrayList<>(ofRules(past, rules.wish()));
        changes.addAll(ofClaims(past, rules, date));
        changes.sort(Comparator.comparingLong(Cause::position));
        return changes;
    }

    /** Of each change of the catalogue that concerns the visit, the first event that does. */
    List<Cause> ofRules(PastCatalogue past, VisitWish wish) {
        var ends =
                jdbc.sql(
                                """
                                select last_sequence from catalogue_change where tenant = ?
                                order by last_sequence
                                """)
                        .param(past.catalogue().tenant().id().text())
                        .query(Integer.class)
                        .list();
        var changes = new ArrayList<Cause>();
        int next = 0; // the stream has all its numbers, from 0
        for (int end : ends) {
            int last = Math.min(end + 1, past.told().size());
            past.told().subList(Math.min(next, last), last).stream()
                    .filter(told -> concerns(past, told.event(), wish))
                    .findFirst()
                    .ifPresent(told -> changes.add(told.cause()));
            next = last;
        }
        return changes;
    }

    private static boolean concerns(PastCatalogue past, CatalogueEvent event, VisitWish wish) {
        var branch = wish.branch();
        return switch (event) {
            case BranchDefined(_, var it) -> it.id().equals(branch);
            case BranchRemoved(_, var it) -> it.equals(branch);
            case ServiceDefined(_, var it) -> asks(wish, it.id());
            case ServiceRemoved(_, var it) -> asks(wish, it);
            case OfferDefined(_, var service, var offer) ->
                    asks(wish, service) && offer.branch().equals(branch);
            case OfferWithdrawn(_, var service, var at) -> asks(wish, service) && at.equals(branch);
            case ResourcePoolDefined(_, var pool) -> pool.branch().equals(branch);
            case HolidayCalendarDefined(_, var it) -> it.id().equals(calendar(past, branch));
            default -> false;
        };
    }

    private static boolean asks(VisitWish wish, ServiceId service) {
        return wish.services().stream().anyMatch(each -> each.service().equals(service));
    }

    private static @Nullable Object calendar(PastCatalogue past, BranchId branch) {
        return past.catalogue().branch(branch).map(Branch::holidayCalendar).orElse(null);
    }

    /** The events by which places of the day were taken, kept, and given back. */
    private List<Cause> ofClaims(PastCatalogue past, VisitRules rules, LocalDate date) {
        var first = date.atStartOfDay(rules.zone()).toInstant();
        var end = date.plusDays(1).atStartOfDay(rules.zone()).toInstant();
        return jdbc.sql(
                        """
                        select global_index, aggregate_identifier, payload_type, time_stamp
                        from domain_event_entry
                        where global_index in (
                            select position
                            from claim_history, lateral (values (valid_from), (valid_to)) at (position)
                            where tenant = :tenant and places = any(:places)
                              and day between :first and :last
                              and busy_from < :until and busy_to > :since)
                        order by global_index
                        """)
                .param("tenant", past.catalogue().tenant().id().text())
                .param(
                        "places",
                        rules.places().stream().map(PlacesId::toString).toArray(String[]::new))
                .param("first", ClaimHistory.day(rules.busyFrom(first)))
                .param("last", ClaimHistory.day(rules.busyTo(end)))
                .param("since", first.atOffset(ZoneOffset.UTC))
                .param("until", end.atOffset(ZoneOffset.UTC))
                .query(
                        (row, n) ->
                                new Cause(
                                        row.getLong(1),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getObject(4, OffsetDateTime.class).toInstant()))
                .list();
    }
}
