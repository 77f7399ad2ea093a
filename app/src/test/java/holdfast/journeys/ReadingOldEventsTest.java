package holdfast.journeys;

import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.hold;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testing.TestDatabase;

import org.axonframework.config.ConfigurerModule;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Objects;

/**
 * An event in the shape of an earlier revision is read alike by whoever decides, follows and asks.
 */
class ReadingOldEventsTest {

    private static final String RELEASED = "reservation.Released";

    /** As if {@code branch} had been named {@code branchId} once. */
    static final class FormerReleased extends SingleEventUpcaster {

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation event) {
            return event.getType().getName().equals(RELEASED)
                    && Objects.equals(event.getType().getRevision(), "0");
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
            return event.upcastPayload(
                    new SimpleSerializedType(RELEASED, "1"),
                    String.class,
                    json -> json.replace("\"branchId\":", "\"branch\":"));
        }
    }

    static class OldShapes {
        @Bean
        static ConfigurerModule formerReleased() {
            return configurer -> configurer.registerEventUpcaster(axon -> new FormerReleased());
        }
    }

    @Test
    @Timeout(180)
    void an_older_revision_means_the_same_to_everybody() {
        var database = TestDatabase.fresh();
        var node = Nodes.startWith(OldShapes.class, database);
        try (node) {
            var visitor = City.found(node.url(), "aged", "PT10H");
            var operator = Caller.operator(node.url()).of("aged");
            var slot = aSlot(visitor, PASSPORT, 3);
            var id = hold(visitor, PASSPORT, slot);
            assertThat(isOffered(operator, slot.at("/timeSlot/startTime").asString())).isFalse();
            releaseAsOfOld(database, id);

            // who decides
            assertThat(visitor.put("/reservations/" + id, City.person("somebodyelse", "A")).type())
                    .isEqualTo("/problems/not-on-hold");
            // tables that follow
            assertThat(isOffered(operator, slot.at("/timeSlot/startTime").asString())).isTrue();
            // who asks
            var history = operator.get("/audit/v1/reservations/" + id + "/history").body();
            assertThat(history.at("/events/1/state/status").asString()).isEqualTo("RELEASED");
            var newest =
                    operator.get(
                            "/audit/v1/events?after=" + history.at("/events/0/event/position"));
            assertThat(newest.body().at("/0/revision").asString()).isEqualTo("1");
            assertThat(newest.body().at("/0/payload/branch").asString()).isEqualTo("hall");

            // and a stop ends what has no end
            try (var feed = operator.stream("/audit/v1/events")) {
                var lines = feed.iterator();
                lines.next();
                node.close();
                while (lines.hasNext()) {
                    lines.next();
                }
            }
        }
    }

    private static boolean isOffered(Caller auditor, String start) {
        var instant = OffsetDateTime.parse(start).toInstant();
        return auditor.get(
                        "/audit/v1/explain?serviceId=passport&branchId=hall&startTime=" + instant)
                .body()
                .path("offered")
                .asBoolean();
    }

    private static void releaseAsOfOld(TestDatabase database, String id) {
        database.sql()
                .sql(
                        """
                        insert into domain_event_entry (
                            event_identifier, aggregate_identifier, sequence_number, type,
                            time_stamp, payload_type, payload_revision, payload, meta_data)
                        values ('old', :id, 1, 'Reservation', now(), :name, '0', :payload, '{}')
                        """)
                .param("id", id)
                .param("name", RELEASED)
                .param(
                        "payload",
                        "{\"tenant\":\"aged\",\"reservation\":\"%s\",\"branchId\":\"hall\"}"
                                .formatted(id)
                                .getBytes(StandardCharsets.UTF_8))
                .update();
    }
}
