package holdfast.benchmark;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.CatalogueDocument;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.Snapshots;
import holdfast.scheduling.Audience;
import holdfast.scheduling.Busy;
import holdfast.scheduling.BusyTimes;
import holdfast.scheduling.FreeSlot;
import holdfast.scheduling.Occupancy;
import holdfast.scheduling.PlacesId;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.SlotEngine;
import holdfast.scheduling.VisitRules;
import holdfast.scheduling.VisitWish;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The list of one branch day: twelve named desks, eighty bookings, a start every five minutes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // set up by JMH
public class OneDay {

    private static final int DESKS = 12;
    private static final int BOOKINGS = 80;
    private static final int LAST_START = 92;
    private static final LocalDate DAY = LocalDate.parse("2026-06-01");
    private static final Instant OPENS = Instant.parse("2026-06-01T06:00:00Z");
    private static final Instant NOW = Instant.parse("2026-05-20T00:00:00Z");

    /** Whether the customer may choose the desk, so that each slot names those that are free. */
    @Param({"false", "true"})
    public boolean choosing;

    private VisitRules rules;
    private Occupancy occupancy;

    @Setup
    public void fill() {
        var catalogue =
                Snapshots.of(City.JSON.readValue(document(choosing), CatalogueDocument.class));
        var wish =
                new VisitWish(
                        BranchId.of("hall"),
                        List.of(new ServiceCount(ServiceId.of("passport"), 1)),
                        null);
        rules = VisitRules.of(catalogue, wish, Audience.PUBLIC);
        Map<PlacesId, BusyTimes> times = new HashMap<>();
        occupancy = places -> times.getOrDefault(places, BusyTimes.NONE);
        var random = new Random(1);
        int booked = 0;
        while (booked < BOOKINGS) {
            var start = OPENS.plus(Duration.ofMinutes(5L * random.nextInt(LAST_START)));
            var given = SlotEngine.allocate(rules, occupancy, start, NOW);
            if (given.isPresent()) {
                booked++;
                var end = start.plus(rules.length());
                var holder = new ReservationId(new UUID(0, booked));
                for (var claim : given.get().claims()) {
                    var busy = new Busy(holder, claim.units(), start, end, start, end, null);
                    times.merge(
                            claim.places(),
                            BusyTimes.NONE.with(busy),
                            (known, _) -> known.with(busy));
                }
            }
        }
    }

    @Benchmark
    public List<FreeSlot> list() {
        return SlotEngine.freeSlots(rules, occupancy, NOW, DAY, DAY);
    }

    private static String document(boolean choosing) {
        var desks = new StringBuilder();
        for (int i = 0; i < DESKS; i++) {
            desks.append(i == 0 ? "" : ", ")
                    .append(
                            """
                            {"id": "desk-%d", "name": "Desk %d", "workingHours": [], "closures": []}\
                            """
                                    .formatted(i, i));
        }
        return """
        {"tenant": {"id": "city", "name": "City", "timeZone": "Europe/Berlin", "languages": ["en"],
                    "defaultLanguage": "en", "settings": {}},
         "holidayCalendars": [], "serviceGroups": [], "serviceCombinations": [],
         "resourceTypes": [{"id": "desk", "name": {"en": "Desk"}}],
         "branches": [{"id": "hall", "name": {"en": "Hall"}, "timeZone": "Europe/Berlin",
           "address": {"streetName": "Markt 1", "zipCode": "10117", "city": "Berlin", "country": "DE"},
           "openingHours": [{"days": ["MONDAY"], "from": "08:00", "to": "16:00"}],
           "specialDays": [], "closures": []}],
         "resourcePools": [{"id": "desks", "branch": "hall", "resourceType": "desk", "name": "Desks",
           "resources": [%s], "closures": []}],
         "services": [{"id": "passport", "name": {"en": "Passport"}, "durationMinutes": 20,
           "slotIntervalMinutes": 5, "maxNumberOfReservations": 1, "onlineBookable": true,
           "resourceTypes": ["desk"], "resourceSelection": %s, "informationQuestions": [],
           "screeningQuestions": [],
           "branches": [{"branch": "hall", "hours": [], "resourcePools": ["desks"], "closures": []}]}]}
        """
                .formatted(desks, choosing);
    }
}
