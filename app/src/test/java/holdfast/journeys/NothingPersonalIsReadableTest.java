package holdfast.journeys;

import static holdfast.journeys.City.PASSPORT;
import static holdfast.journeys.City.aSlot;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.testing.TestDatabase;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import java.util.List;

/** After a whole journey, no table and no log line has a word of what the visitor said. */
@ExtendWith(OutputCaptureExtension.class)
class NothingPersonalIsReadableTest {

    private static final List<String> SAID =
            List.of(
                    "Zyxwvutia",
                    "Qwertzuiop",
                    "zyx@nowhere.example",
                    "5551234567",
                    "zyxident123456",
                    "ewqident654321",
                    "Gluehwurmchen",
                    "Ankreuzantwort",
                    "Schnupfengrund",
                    "1899-12-31");

    @Test
    void in_no_table_and_in_no_log_line(CapturedOutput output) {
        var database = TestDatabase.fresh();
        try (var node = Nodes.start(database)) {
            var visitor = City.found(node.url(), "city", "PT15M");
            var slot = aSlot(visitor, PASSPORT, 3);
            var held =
                    visitor.post(
                            "/reservations",
                            """
                            {"serviceId": "passport", "branchId": "hall", "timeSlot": %s,
                             "notes": "Gluehwurmchen"}
                            """
                                    .formatted(slot.path("timeSlot")));
            var id = held.body().path("reservationId").asString();
            var person =
                    """
                    {"personalIdentifier": "zyxident123456", "firstName": "Zyxwvutia",
                     "lastName": "Qwertzuiop", "email": "zyx@nowhere.example",
                     "phoneNumber": "5551234567", "dateOfBirth": "1899-12-31",
                     "informationQuestions": [{"questionText": "Was?", "answer": "Ankreuzantwort"}]}
                    """;
            var confirmed = visitor.put("/reservations/" + id, person);
            assertThat(confirmed.status()).as("%s", confirmed.body()).isEqualTo(201);
            assertThat(confirmed.body().path("notes").asString()).isEqualTo("Gluehwurmchen");
            // what is refused is not to be found anywhere, either
            visitor.put("/reservations/" + id, person.replace("1899-12-31", "1899-12-32"));
            visitor.put("/reservations/" + id, person.replace("Zyxwvutia", "Zyxwvutias"));
            var other = person.replace("zyxident123456", "ewqident654321");
            assertThat(visitor.put("/appointments/" + id + "/customer", other).status())
                    .isEqualTo(204);
            assertThat(visitor.delete("/appointments/" + id + "?reason=Schnupfengrund").status())
                    .isEqualTo(204);
            for (var said : SAID) {
                assertThat(tablesWith(database, said)).as(said).isEmpty();
                assertThat(output.getAll()).doesNotContain(said);
            }
            // and the search would have found something that is there
            assertThat(tablesWith(database, "passport")).isNotEmpty();
        }
    }

    /** Every table with a row in whose text, or in whose bytes read as text, the word stands. */
    static List<String> tablesWith(TestDatabase database, String word) {
        var sql = database.sql();
        return sql
                .sql(
                        """
                        select table_name from information_schema.tables
                        where table_schema = 'public' and table_type = 'BASE TABLE'
                        """)
                .query((row, n) -> row.getString(1))
                .list()
                .stream()
                .filter(
                        table ->
                                sql.sql(
                                                """
                                                select exists (
                                                    select from "%s" t
                                                    where t::text ilike '%%' || :word || '%%'
                                                       or t::text ilike '%%' || encode(:word::bytea, 'hex') || '%%')
                                                """
                                                        .formatted(table))
                                        .param("word", word)
                                        .query(Boolean.class)
                                        .single())
                .toList();
    }
}
