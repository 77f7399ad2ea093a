package holdfast.journeys;

import static holdfast.journeys.City.ADVICE;
import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.WEDDING;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.into;
import static holdfast.journeys.City.person;
import static holdfast.journeys.City.slots;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalogue.BranchId;
import holdfast.catalogue.Catalogues;
import holdfast.catalogue.ServiceId;
import holdfast.catalogue.TenantId;
import holdfast.scheduling.Audience;
import holdfast.scheduling.FreeSlot;
import holdfast.scheduling.ServiceCount;
import holdfast.scheduling.SlotAvailability;
import holdfast.scheduling.SlotEngine;
import holdfast.scheduling.VisitRules;
import holdfast.scheduling.VisitWish;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import java.time.Clock;
import java.util.List;
import java.util.Random;

/** What is free is the same whether it is kept up, loaded from the ledger, or read from the log. */
class BuildingThePictureAgainTest {

    private static final List<String> SERVICES = List.of(PASSPORT, ADVICE, WEDDING);

    @Test
    void the_live_the_loaded_and_the_replayed_picture_are_one() throws Exception {
        var database = TestDatabase.fresh();
        try (var node = Nodes.start(database)) {
            var visitor = City.found(node.url(), "city", "PT15M");
            manyThings(visitor, new Random(42));
            try (var loaded = Nodes.start(database);
                    var replayed = new AnnotationConfigApplicationContext()) {
                replayed.registerBean(Clock.class, () -> node.bean(Clock.class));
                replayed.scan(
                        "holdfast.scheduling.availability", "holdfast.reservation.availability");
                replayed.refresh();
                readTheWholeLog(node, replayed.getBean("fromTheLog"));
                for (var service : SERVICES) {
                    var live = free(node, node.bean(SlotAvailability.class), service);
                    assertThat(live).isNotEmpty();
                    assertThat(free(node, loaded.bean(SlotAvailability.class), service))
                            .as("loaded: " + service)
                            .isEqualTo(live);
                    assertThat(free(node, replayed.getBean(SlotAvailability.class), service))
                            .as("replayed: " + service)
                            .isEqualTo(live);
                }
            }
        }
    }

    private static void manyThings(Caller visitor, Random random) {
        for (int n = 0; n < 60; n++) {
            var service = SERVICES.get(n % 3);
            var free = slots(visitor, service);
            var id = hold(visitor, service, free.get(96 + random.nextInt(60)));
            switch (n % 7) {
                case 0 -> visitor.delete("/reservations/" + id);
                case 1 -> visitor.post("/reservations/" + id + "/extension", "");
                case 2 -> {} // stays a hold
                case 3 -> {
                    visitor.put("/reservations/" + id, person("ada1234567", "Ada"));
                    var later = slots(visitor, service).get(96 + random.nextInt(60));
                    var hold = hold(visitor, service, later);
                    assertThat(visitor.put("/appointments/" + id, into(hold)).status())
                            .isEqualTo(200);
                }
                default -> {
                    visitor.put("/reservations/" + id, person("ada1234567", "Ada"));
                    if (n % 2 == 0) {
                        visitor.delete("/appointments/" + id);
                    }
                }
            }
        }
    }

    private static void readTheWholeLog(TestNode node, Object projection) throws Exception {
        var handler = new AnnotationEventHandlerAdapter(projection);
        try (var events = node.bean(EventStorageEngine.class).readEvents(null, false)) {
            for (var each = events.iterator(); each.hasNext(); ) {
                var event = each.next();
                if (handler.canHandle(event)) {
                    handler.handle(event);
                }
            }
        }
    }

    private static List<FreeSlot> free(
            TestNode node, SlotAvailability availability, String service) {
        var tenant = TenantId.of("city");
        var wish =
                new VisitWish(
                        BranchId.of("hall"),
                        List.of(new ServiceCount(ServiceId.of(service), 1)),
                        null);
        var catalogue = node.bean(Catalogues.class).find(tenant).orElseThrow();
        var rules = VisitRules.of(catalogue, wish, Audience.PUBLIC);
        var now = node.bean(Clock.class).instant();
        return SlotEngine.freeSlots(
                rules,
                availability.occupancy(tenant),
                now,
                rules.bookableFrom(now),
                rules.bookableTo(now));
    }
}
