package holdfast.journeys;

import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.aSlot;
import static holdfast.journeys.City.hold;
import static holdfast.journeys.City.isListed;
import static holdfast.journeys.City.person;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testing.TestDatabase;

import org.junit.jupiter.api.Test;

/** A manager closes the hall for a while, having looked first whom that would strand. */
class ChangingTheCatalogueTest {

    @Test
    void a_closure_names_whom_it_strands_and_leaves_them_their_appointment() {
        try (var node = Nodes.start(TestDatabase.fresh())) {
            var visitor = City.found(node.url(), "city", "PT15M");
            var manager = Caller.operator(node.url()).of("city");
            var slot = aSlot(visitor, PASSPORT, 3);
            var other = aSlot(visitor, PASSPORT, 5);
            var id = hold(visitor, PASSPORT, slot);
            visitor.put("/reservations/" + id, person("ada1234567", "Ada"));
            var elsewhere = hold(visitor, PASSPORT, other);
            visitor.put("/reservations/" + elsewhere, person("ada1234567", "Ada"));
            assertThat(visitor.delete("/reservations/" + id).status()).isEqualTo(409);

            var closing =
                    City.catalogue("city", "PT15M")
                            .replace(
                                    "\"booking\"",
                                    """
                                    "closures": [{"from": "%s", "to": "%s", "reason": "Water damage"}],
                                    "booking"\
                                    """
                                            .formatted(
                                                    slot.path("timeSlot")
                                                            .path("startTime")
                                                            .asString(),
                                                    slot.path("timeSlot")
                                                            .path("endTime")
                                                            .asString()));
            var before = manager.get("/admin/v1/catalogue");
            var preview = manager.put("/admin/v1/catalogue?dryRun=true", closing);
            assertThat(preview.status()).as("%s", preview.body()).isEqualTo(200);
            assertThat(preview.body().path("changes").findValuesAsString("kind"))
                    .containsExactly("BRANCH");
            assertThat(preview.body().path("stranded").findValuesAsString("appointmentId"))
                    .containsExactly(id);
            assertThat(manager.get("/admin/v1/catalogue").body()).isEqualTo(before.body());

            var applied = manager.put("/admin/v1/catalogue", closing);
            assertThat(applied.body()).isEqualTo(preview.body());
            assertThat(manager.put("/admin/v1/catalogue", closing).body().path("changes").size())
                    .isZero();
            assertThat(visitor.get("/appointments/" + id).body().path("status").asString())
                    .isEqualTo("CONFIRMED");
            assertThat(visitor.delete("/appointments/" + id).status()).isEqualTo(204);
            assertThat(isListed(visitor, PASSPORT, slot)).isFalse();
        }
    }
}
