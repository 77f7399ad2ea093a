package holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holdfast.catalogue.Branch;
import holdfast.catalogue.BranchId;
import holdfast.catalogue.CatalogueDocument;
import holdfast.catalogue.LanguageTag;
import holdfast.catalogue.LocalizedText;
import holdfast.catalogue.Occurrences;
import holdfast.catalogue.TextOrNumber;
import holdfast.catalogue.WallTime;
import holdfast.scheduling.ReservationId;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

class StrictJsonTest {

    record Everything(
            @Nullable String text,
            @Nullable BranchId branch,
            @Nullable ReservationId reservation,
            @Nullable Integer whole,
            @Nullable Long large,
            @Nullable Double fraction,
            @Nullable Boolean truth,
            @Nullable LocalDate date,
            @Nullable OffsetDateTime offset,
            @Nullable Instant instant,
            @Nullable Duration duration,
            @Nullable ZoneId zone,
            @Nullable DayOfWeek day,
            @Nullable Occurrences occurrences,
            @Nullable LocalizedText localized,
            @Nullable WallTime wall,
            @Nullable LanguageTag language,
            @Nullable @TextOrNumber String phone,
            @Nullable Everything inner,
            List<Integer> numbers,
            Map<String, String> map) {}

    record Person(
            @Pattern(regexp = "[A-Za-z0-9]{10,48}") String personalIdentifier,
            @Size(min = 1, max = 255) String firstName,
            @Email String email,
            @Min(1) int visits,
            boolean returning,
            List<@Size(max = 3) String> tags) {}

    private static Everything read(String json) {
        return read(json, Everything.class);
    }

    private static <T> T read(String json, Class<T> type) {
        return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), type);
    }

    /** A fault as it is said in English. */
    private record Said(String pointer, String detail) {}

    private static List<Said> faultsOf(String json, Class<?> type) {
        try {
            read(json, type);
            throw new AssertionError("read without a fault: " + json);
        } catch (Malformed malformed) {
            return malformed.faults().stream()
                    .map(fault -> new Said(fault.pointer(), fault.detail().toString()))
                    .toList();
        }
    }

    @Test
    void every_kind_of_value_is_read() {
        var read =
                read(
                        """
                        {"text": "Grüße 🎈", "branch": "b-1", "reservation": "00000000-0000-0000-0000-000000000001",
                         "whole": -3, "large": 9007199254740993, "fraction": 1, "truth": true,
                         "date": "2026-10-25", "offset": "2026-10-25T02:30:00+01:00",
                         "instant": "2026-10-25T02:30:00+01:00", "duration": "PT15M",
                         "zone": "Europe/Berlin", "day": "MONDAY", "occurrences": "PARALLEL",
                         "localized": {"de_DE": "Pass", "en_US": "Passport"}, "wall": "24:00",
                         "language": "nl_NL", "phone": 4917012345678901234567,
                         "inner": {"text": "", "numbers": [], "map": {}},
                         "numbers": [1, 2], "map": {"b": "2", "a": "1"}}
                        """);

        assertThat(read.text()).isEqualTo("Grüße 🎈");
        assertThat(read.branch()).isEqualTo(BranchId.of("b-1"));
        assertThat(read.reservation())
                .isEqualTo(ReservationId.of("00000000-0000-0000-0000-000000000001"));
        assertThat(read.whole()).isEqualTo(-3);
        assertThat(read.large()).isEqualTo(9007199254740993L);
        assertThat(read.fraction()).isEqualTo(1.0);
        assertThat(read.truth()).isTrue();
        assertThat(read.date()).isEqualTo("2026-10-25");
        assertThat(read.offset()).hasToString("2026-10-25T02:30+01:00");
        assertThat(read.instant()).isEqualTo("2026-10-25T01:30:00Z");
        assertThat(read.duration()).isEqualTo(Duration.ofMinutes(15));
        assertThat(read.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(read.day()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(read.occurrences()).isEqualTo(Occurrences.PARALLEL);
        assertThat(read.localized())
                .isEqualTo(LocalizedText.of(Map.of("de_DE", "Pass", "en_US", "Passport")));
        assertThat(read.wall()).isEqualTo(WallTime.END_OF_DAY);
        assertThat(read.language()).isEqualTo(LanguageTag.of("nl_NL"));
        assertThat(read.phone()).isEqualTo("4917012345678901234567");
        assertThat(read.inner()).isEqualTo(read("{\"text\": \"\"}"));
        assertThat(read.numbers()).containsExactly(1, 2);
        assertThat(read.map()).containsExactly(Map.entry("b", "2"), Map.entry("a", "1"));
    }

    @Test
    void names_match_in_any_case_and_unknown_ones_are_ignored() {
        var read = read("{\"WHOLE\": 1, \"LocalIzed\": {\"de\": \"x\"}, \"zzz\": [{\"a\": null}]}");

        assertThat(read.whole()).isEqualTo(1);
        assertThat(read.localized()).isNotNull();
    }

    @Test
    void absent_and_null_are_the_same_and_an_absent_list_is_empty() {
        assertThat(read("{}"))
                .isEqualTo(read("{\"text\": null, \"numbers\": null, \"map\": null}"));
        assertThat(read("{}").numbers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"whole": 1.5}                          | /whole             | must be an integer, not a number with a fraction or an exponent
                    {"whole": 1.0}                          | /whole             | must be an integer, not a number with a fraction or an exponent
                    {"whole": 1e2}                          | /whole             | must be an integer, not a number with a fraction or an exponent
                    {"whole": "1"}                          | /whole             | must be an integer, not a text
                    {"whole": true}                         | /whole             | must be an integer, not true or false
                    {"WHOLE": []}                           | /WHOLE             | must be an integer, not a list
                    {"whole": 2147483648}                   | /whole             | must lie between -2147483648 and 2147483647
                    {"large": 99999999999999999999}         | /large             | must lie between -9223372036854775808 and 9223372036854775807
                    {"fraction": "1.5"}                     | /fraction          | must be a number, not a text
                    {"fraction": 1e999}                     | /fraction          | is too large a number
                    {"truth": "true"}                       | /truth             | must be true or false, not a text
                    {"truth": 1}                            | /truth             | must be true or false, not an integer
                    {"text": 1}                             | /text              | must be a text, not an integer
                    {"text": {"a": 1}}                      | /text              | must be a text, not an object
                    {"text": "a\\u0000b"}                   | /text              | must not contain the character U+0000
                    {"text": "a\\ud800b"}                   | /text              | must not contain half of a surrogate pair
                    {"text": "\\udc00"}                     | /text              | must not contain half of a surrogate pair
                    {"map": {"a\\u0000": ""}}               | `/map/a\0`         | must not contain the character U+0000
                    {"branch": ""}                          | /branch            | `An id has 1 to 100 visible characters: ""`
                    {"branch": "a b"}                       | /branch            | `An id has 1 to 100 visible characters: "a b"`
                    {"reservation": "x-x-x-x-x"}            | /reservation       | must be a reservation id
                    {"date": "2026-02-29"}                  | /date              | must be a date such as 2026-10-25
                    {"date": "25.10.2026"}                  | /date              | must be a date such as 2026-10-25
                    {"date": "+12026-01-01"}                | /date              | must be a date such as 2026-10-25
                    {"date": 20261025}                      | /date              | must be a date such as 2026-10-25, not an integer
                    {"offset": "2026-10-25T02:30:00"}       | /offset            | must be an instant with an offset such as 2026-10-25T02:30:00+01:00
                    {"offset": "2026-10-25"}                | /offset            | must be an instant with an offset such as 2026-10-25T02:30:00+01:00
                    {"instant": "2026-10-25T24:00:00Z"}     | /instant           | must be an instant with an offset such as 2026-10-25T02:30:00+01:00
                    {"instant": "+12026-10-25T02:00Z"}      | /instant           | must be an instant with an offset such as 2026-10-25T02:30:00+01:00
                    {"duration": "15 min"}                  | /duration          | must be an ISO 8601 duration such as PT15M
                    {"duration": "PT99999999999999999999S"} | /duration          | must be an ISO 8601 duration such as PT15M
                    {"zone": "Europe/Munich"}               | /zone              | must be an IANA time zone such as Europe/Berlin
                    {"zone": "+01:00"}                      | /zone              | must be an IANA time zone such as Europe/Berlin
                    {"occurrences": "parallel"}             | /occurrences       | `must be one of EXTEND, PARALLEL`
                    {"localized": "Pass"}                   | /localized         | must be an object, not a text
                    {"localized": {"de": 1}}                | /localized/de      | must be a text, not an integer
                    {"localized": {"de": null}}             | /localized/de      | must be a text, not null
                    {"wall": "24:01"}                       | /wall              | `A wall time is HH:mm, 00:00 to 24:00: 24:01`
                    {"phone": 1.5}                          | /phone             | must be a text, not a number with a fraction or an exponent
                    {"phone": -1}                           | /phone             | must be a text, not an integer
                    {"numbers": 1}                          | /numbers           | must be a list, not an integer
                    {"numbers": [1, null]}                  | /numbers/1         | must be an integer, not null
                    {"inner": [1]}                          | /inner             | must be an object, not a list
                    {"inner": {"inner": {"whole": "x"}}}    | /inner/inner/whole | must be an integer, not a text
                    {"map": {"a/b~c": 1}}                   | /map/a~1b~0c       | must be a text, not an integer
                    {"text": "a", "text": "b"}              | /text              | is given twice
                    {"text": "a", "TEXT": "b"}              | /TEXT              | is given twice
                    {"text": null, "Text": null}            | /Text              | is given twice
                    {"zzz": 1, "zzz": 2}                    | /zzz               | is given twice
                    {"zzz": [{"a": 1, "a": 2}]}             | /zzz/0/a           | is given twice
                    {"map": {"a": "", "a": ""}}             | /map/a             | is given twice
                    {"text": "a"} {}                        | ``                 | must end where its JSON value ends
                    {"text": "a"} x                         | ``                 | must end where its JSON value ends
                    null                                    | ``                 | must be an object, not null
                    []                                      | ``                 | must be an object, not a list
                    {"inner": {"text": nul}}                | /inner/text        | `is not JSON from line 1, column 20 on`
                    {"text": 01}                            | /text              | `is not JSON from line 1, column 11 on`
                    {"numbers": [1,                         | /numbers/1         | `is not JSON from line 1, column 16 on`
                    ``                                      | ``                 | is empty, and should be a JSON document
                    """)
    void what_is_wrong_is_named_by_its_pointer(String json, String pointer, String detail) {
        assertThat(faultsOf(json, Everything.class))
                .containsExactly(new Said(pointer.replace("\\0", "\0"), detail));
    }

    @Test
    void all_faults_are_named_at_once_those_of_type_and_those_of_constraints() {
        assertThat(
                        faultsOf(
                                """
                                {"personalIdentifier": "short", "firstName": "", "email": "nobody",
                                 "visits": 0, "tags": ["abc", "abcd", 5]}
                                """,
                                Person.class))
                .extracting(Said::pointer)
                .containsExactly(
                        "/personalIdentifier",
                        "/firstName",
                        "/email",
                        "/visits",
                        "/tags/2",
                        "/returning");
    }

    @Test
    void a_constraint_on_an_element_points_at_the_element() {
        assertThat(
                        faultsOf(
                                """
                                {"personalIdentifier": "abcdefghij", "firstName": "A", "email": "a@b.c",
                                 "visits": 1, "returning": false, "tags": ["abc", "abcd"]}
                                """,
                                Person.class))
                .containsExactly(new Said("/tags/1", "size must be between 0 and 3"));
    }

    @Test
    void primitives_and_components_that_may_not_be_null_are_required() {
        assertThat(faultsOf("{\"firstName\": null}", Person.class))
                .containsExactlyInAnyOrder(
                        new Said("/personalIdentifier", "is required"),
                        new Said("/firstName", "is required"),
                        new Said("/email", "is required"),
                        new Said("/visits", "is required"),
                        new Said("/returning", "is required"));
    }

    @Test
    void what_follows_a_syntax_error_is_not_guessed_but_what_came_before_is_named() {
        assertThat(faultsOf("{\"whole\": \"1\", \"text\" 5", Everything.class))
                .hasSize(2)
                .first()
                .isEqualTo(new Said("/whole", "must be an integer, not a text"));
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused() {
        var bytes = "{\"text\": \"x\"}".getBytes(StandardCharsets.UTF_8);
        bytes[10] = (byte) 0xff;

        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> StrictJson.read(bytes, Everything.class));
    }

    @Test
    void a_document_nested_too_deeply_is_refused() {
        var deep = "{\"zzz\":" + "[".repeat(100_000);

        assertThat(faultsOf(deep, Everything.class))
                .singleElement()
                .extracting(Said::detail)
                .asString()
                .startsWith("is nested deeper than 64 levels");
    }

    @Test
    void a_thousand_faults_are_listed_and_the_rest_counted() {
        var json = "{\"numbers\": [" + "\"x\",".repeat(1_499) + "\"x\"]}";

        assertThat(faultsOf(json, Everything.class))
                .hasSize(1_001)
                .last()
                .isEqualTo(new Said("", "and 500 more faults"));
    }

    record Range(int from, int to) {
        Range {
            if (to <= from) {
                throw new IllegalArgumentException("A range must end after it starts");
            }
        }
    }

    record Ranges(List<Range> ranges) {}

    @Test
    void what_a_record_itself_refuses_points_at_the_record() {
        assertThat(faultsOf("{\"ranges\": [{\"from\": 1, \"to\": 1}]}", Ranges.class))
                .containsExactly(new Said("/ranges/0", "A range must end after it starts"));
    }

    @Test
    void a_fault_deep_in_a_catalogue_points_there() {
        var faults =
                faultsOf(
                        """
                        {"tenant": {"id": "t", "name": "T", "timeZone": "Europe/Berlin",
                                    "languages": ["de_DE"], "defaultLanguage": "de_DE", "settings": {}},
                         "branches": [{"id": "b", "name": {"de": "B"}, "timeZone": "Europe/Berlin",
                                       "address": {"streetName": "S", "zipCode": "1", "city": "C", "country": "DE"},
                                       "location": {"longitude": "x", "latitude": 1},
                                       "openingHours": [{"days": ["MONDAY", "FUNDAY"], "from": "7:00", "to": "12:00"}]}]}
                        """,
                        CatalogueDocument.class);

        assertThat(faults)
                .extracting(Said::pointer)
                .containsExactly(
                        "/branches/0/location/longitude",
                        "/branches/0/openingHours/0/days/1",
                        "/branches/0/openingHours/0/from");
    }

    @Test
    void a_nullable_member_of_a_nested_type_may_be_absent() {
        var branch =
                read(
                        """
                        {"id": "b", "name": {"de": "B"}, "timeZone": "Europe/Berlin",
                         "address": {"streetName": "S", "zipCode": "1", "city": "C", "country": "DE"}}
                        """,
                        Branch.class);

        assertThat(branch.location()).isNull();
        assertThat(branch.openingHours()).isEmpty();
    }
}
