package holdfast.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class FaultyCatalogueTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void the_demo_catalogue_has_no_fault() {
        assertThat(CatalogueCheck.faultsOf(Documents.demo(), Documents.DEMO)).isEmpty();
    }

    /** One thing is set to another value; the fault lies there, unless said otherwise. */
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    /tenant/id                                | "other" |
                    /tenant/name                              | " " |
                    /tenant/timeZone                          | "+02:00" |
                    /tenant/languages                         | []                        | /tenant/languages /tenant/defaultLanguage
                    /tenant/languages/1                       | "en_UK" |
                    /tenant/languages/1                       | "d" |
                    /tenant/defaultLanguage                   | "fr_FR" |
                    /tenant/settings/hold                     | "PT0S" |
                    /tenant/settings/hold                     | "PT-1S" |
                    /tenant/settings/hold                     | "P367D" |
                    /tenant/settings/maxHoldExtensions        | -1 |
                    /tenant/settings/maxOpenHoldsPerCustomer  | 0 |
                    /tenant/settings/cancelDeadlineMinutes    | -1 |
                    /tenant/settings/retentionDays            | -1 |
                    /tenant/settings/allowedOrigins           | ["*"]                     | /tenant/settings/allowedOrigins/0
                    /tenant/settings/allowedOrigins           | ["null"]                  | /tenant/settings/allowedOrigins/0
                    /tenant/settings/allowedOrigins           | ["https://a.example/"]    | /tenant/settings/allowedOrigins/0
                    /tenant/settings/allowedOrigins           | ["https://A.example"]     | /tenant/settings/allowedOrigins/0
                    /tenant/settings/allowedOrigins           | ["https://a.example", "https://a.example"] | /tenant/settings/allowedOrigins/1
                    /holidayCalendars/1/id                    | "england"                 | /holidayCalendars/1/id /branches/1/holidayCalendar
                    /resourceTypes/0/name                     | {} |
                    /resourceTypes/0/name                     | {"en_GB": " "} |
                    /resourceTypes/0/name                     | {"en/GB": "Optometrist"}  | /resourceTypes/0/name/en~1GB
                    /branches/0/name                          | {} |
                    /branches/0/timeZone                      | "Z" |
                    /branches/0/location/longitude            | 180.5 |
                    /branches/0/location/latitude             | -90.5 |
                    /branches/0/holidayCalendar               | "scotland" |
                    /branches/0/openingHours/0/days           | [] |
                    /branches/0/openingHours/0/from           | "24:00" |
                    /branches/0/openingHours/0/everyWeeks     | 2                         | /branches/0/openingHours/0/validFrom
                    /branches/2/specialDays/1/date            | "2026-12-24" |
                    /branches/2/specialDays/0/windows/0/from  | "24:00" |
                    /branches/0/closures                      | [{"from": "2027-01-01T12:00+01:00", "to": "2027-01-01T11:00Z", "reason": "Water"}] | /branches/0/closures/0/to
                    /tenant/settings/pages                    | {"colour": "blue"}        | /tenant/settings/pages/colour
                    /tenant/settings/pages                    | {"logo": "http://a.example/l.png"} | /tenant/settings/pages/logo
                    /tenant/settings/pages                    | {"logo": "https://a.example/l;x"} | /tenant/settings/pages/logo
                    /tenant/settings/pages                    | {"frameAncestors": ["https://a.example", "https://b.example; script-src *"]} | /tenant/settings/pages/frameAncestors/1
                    /branches/0/booking/minimumNoticeMinutes  | -1 |
                    /branches/0/booking/horizonDays           | -1 |
                    /branches/0/booking/horizonDays           | 36526 |
                    /resourcePools/1/capacity                 | 0 |
                    /resourcePools/1/capacity                 | null                      | /resourcePools/1
                    /resourcePools/0/capacity                 | 3                         | /resourcePools/0
                    /resourcePools/0/name                     | "" |
                    /resourcePools/0/temporaryCapacities      | [{"from": "2027-01-01T12:00Z", "to": "2027-01-02T12:00Z", "capacity": 3, "reason": "Fair"}] |
                    /resourcePools/1/temporaryCapacities      | [{"from": "2027-01-02T12:00Z", "to": "2027-01-01T12:00Z", "capacity": 3, "reason": "Fair"}] | /resourcePools/1/temporaryCapacities/0/to
                    /resourcePools/1/temporaryCapacities      | [{"from": "2027-01-01T12:00Z", "to": "2027-01-02T12:00Z", "capacity": -1, "reason": "Fair"}] | /resourcePools/1/temporaryCapacities/0/capacity
                    /resourcePools/1/temporaryCapacities      | [{"from": "2027-01-03T12:00Z", "to": "2027-01-05T12:00Z", "capacity": 3, "reason": "Fair"}, {"from": "2027-01-01T12:00Z", "to": "2027-01-02T12:00Z", "capacity": 3, "reason": "Fair"}, {"from": "2027-01-02T12:00Z", "to": "2027-01-03T12:01Z", "capacity": 3, "reason": "Fair"}] | /resourcePools/1/temporaryCapacities/2
                    /resourcePools/0/resources/0/name         | "" |
                    /resourcePools/0/resources/0/capacity     | 0 |
                    /resourcePools/0/resources/1/workingHours/0/days | [] |
                    /resourcePools/0/resources/2/workingHours/1/everyWeeks | 0 |
                    /resourcePools/0/resources/2/workingHours/1/validTo | "2026-01-02" |
                    /resourcePools/0/resources/0/closures     | [{"from": "2027-01-01T12:00Z", "to": "2027-01-01T12:00Z", "reason": "Leave"}] | /resourcePools/0/resources/0/closures/0/to
                    /resourcePools/0/closures                 | [{"from": "2027-01-02T12:00Z", "to": "2027-01-01T12:00Z", "reason": "Leave"}] | /resourcePools/0/closures/0/to
                    /services/0/name                          | {} |
                    /services/0/durationMinutes               | 0 |
                    /services/0/durationMinutes               | -30 |
                    /services/0/durationMinutes               | 600000 |
                    /services/0/additionalDurationMinutes     | 0 |
                    /services/0/slotIntervalMinutes           | 0 |
                    /services/0/bufferBeforeMinutes           | -1 |
                    /services/0/bufferAfterMinutes            | -1 |
                    /services/0/maxNumberOfReservations       | 0 |
                    /services/0/resourceTypes                 | []                        | /services/0/resourceTypes /services/0/branches/0/resourcePools/0 /services/0/branches/1/resourcePools/0 /services/0/branches/2/resourcePools/0
                    /services/7/resourceTypes/0               | "chair"                   | /services/7/resourceTypes/0 /services/7/branches/0/resourcePools/0 /services/7/branches/0/resourcePools
                    /services/0/informationQuestions/0/questionText | {} |
                    /services/2/screeningQuestions/0/questionText | {} |
                    /services/2/screeningQuestions/0/answerDeniedMessage | {} |
                    /services/7/branches/0/branch             | "paris"                   | /services/7/branches/0/branch /services/7/branches/0/resourcePools/0
                    /services/0/branches/0/durationMinutes    | 0 |
                    /services/0/branches/0/additionalDurationMinutes | -1 |
                    /services/0/branches/0/slotIntervalMinutes | 0 |
                    /services/0/branches/0/maxNumberOfReservations | 0 |
                    /services/7/branches/0/hours/0/from       | "24:00" |
                    /services/0/branches/0/closures           | [{"from": "2027-01-02T12:00Z", "to": "2027-01-01T12:00Z", "reason": "Move"}] | /services/0/branches/0/closures/0/to
                    /services/0/branches/0/resourcePools      | [] |
                    /services/0/branches/0/resourcePools/0    | "nowhere" |
                    /serviceGroups/0/name                     | {} |
                    /serviceGroups/0/services/0               | "unheard-of" |
                    /serviceCombinations/0/branch             | "paris" |
                    /serviceCombinations/0/services/0         | "unheard-of" |
                    """)
    void a_value_that_cannot_be_is_named_with_its_place(String place, String value, String faulty) {
        var document =
                Documents.demoBut(
                        json -> {
                            var cut = place.lastIndexOf('/');
                            var holder = json.at(place.substring(0, cut));
                            var member = place.substring(cut + 1);
                            if (holder instanceof ArrayNode list) {
                                list.set(Integer.parseInt(member), JSON.readTree(value));
                            } else {
                                ((ObjectNode) holder).set(member, JSON.readTree(value));
                            }
                        });
        assertThat(pointersOf(document))
                .containsExactlyInAnyOrder((faulty == null ? place : faulty).split(" "));
    }

    static Stream<Arguments> repetitions() {
        return Stream.of(
                argumentSet("resource type", "/resourceTypes", "/resourceTypes/4/id"),
                argumentSet("branch", "/branches", "/branches/3/id"),
                argumentSet("service", "/services", "/services/8/id"),
                argumentSet("group", "/serviceGroups", "/serviceGroups/2/id"),
                argumentSet("combination", "/serviceCombinations", "/serviceCombinations/6"),
                argumentSet("offer", "/services/0/branches", "/services/0/branches/3/branch"),
                argumentSet("type", "/services/0/resourceTypes", "/services/0/resourceTypes/1"),
                argumentSet(
                        "question",
                        "/services/0/informationQuestions",
                        "/services/0/informationQuestions/1/id"),
                argumentSet(
                        "pool of an offer",
                        "/services/0/branches/0/resourcePools",
                        "/services/0/branches/0/resourcePools/1"),
                argumentSet(
                        "resource",
                        "/resourcePools/0/resources",
                        "/resourcePools/0/resources/3/id"),
                argumentSet(
                        "service of a group",
                        "/serviceGroups/0/services",
                        "/serviceGroups/0/services/4"),
                argumentSet(
                        "service of a combination",
                        "/serviceCombinations/0/services",
                        "/serviceCombinations/0/services/2"));
    }

    @ParameterizedTest
    @MethodSource("repetitions")
    void what_may_stand_once_does_not_stand_twice(String list, String faulty) {
        var document =
                Documents.demoBut(
                        json -> {
                            var all = (ArrayNode) json.at(list);
                            all.add(all.get(0).deepCopy());
                        });
        assertThat(pointersOf(document)).containsExactly(faulty);
    }

    @Test
    void a_pool_that_stands_twice_is_named_with_its_resources() {
        var document =
                Documents.demoBut(
                        json -> {
                            var pools = (ArrayNode) json.at("/resourcePools");
                            pools.add(pools.get(3).deepCopy());
                        });
        assertThat(pointersOf(document))
                .containsExactly(
                        "/resourcePools/9/id",
                        "/resourcePools/9/resources/0/id",
                        "/resourcePools/9/resources/1/id");
    }

    @Test
    void a_pool_and_a_resource_do_not_share_an_id() {
        var document =
                Documents.demoBut(
                        json ->
                                ((ObjectNode) json.at("/resourcePools/0/resources/0"))
                                        .set("id", json.at("/resourcePools/5/id")));
        assertThat(pointersOf(document)).containsExactly("/resourcePools/5/id");
    }

    @Test
    void a_pool_serves_at_its_own_branch_only() {
        var document =
                Documents.demoBut(
                        json ->
                                ((ArrayNode) json.at("/services/0/branches/0/resourcePools"))
                                        .add(json.at("/resourcePools/3/id")));
        assertThat(pointersOf(document)).containsExactly("/services/0/branches/0/resourcePools/1");
    }

    @Test
    void a_pool_serves_a_type_that_is_asked_for() {
        var document =
                Documents.demoBut(
                        json ->
                                ((ArrayNode) json.at("/services/0/branches/0/resourcePools"))
                                        .add(json.at("/resourcePools/1/id")));
        assertThat(pointersOf(document)).containsExactly("/services/0/branches/0/resourcePools/1");
    }

    @Test
    void every_type_that_is_asked_for_has_a_pool() {
        var document =
                Documents.demoBut(
                        json ->
                                ((ArrayNode) json.at("/services/2/branches/0/resourcePools"))
                                        .remove(1));
        assertThat(pointersOf(document)).containsExactly("/services/2/branches/0/resourcePools");
    }

    @Test
    void services_are_combined_where_they_are_offered() {
        var document =
                Documents.demoBut(
                        json ->
                                ((ObjectNode) json.at("/serviceCombinations/0"))
                                        .set("branch", json.at("/branches/2/id")));
        assertThat(pointersOf(document)).containsExactly("/serviceCombinations/0/services/1");
    }

    @Test
    void a_single_service_is_no_combination() {
        var document =
                Documents.demoBut(
                        json -> ((ArrayNode) json.at("/serviceCombinations/0/services")).remove(1));
        assertThat(pointersOf(document)).containsExactly("/serviceCombinations/0/services");
    }

    @Test
    void all_faults_are_told_at_once() {
        var document =
                Documents.demoBut(
                        json -> {
                            ((ObjectNode) json.at("/tenant")).put("name", "");
                            ((ObjectNode) json.at("/branches/1")).put("holidayCalendar", "none");
                            ((ObjectNode) json.at("/services/3")).put("durationMinutes", 0);
                            ((ObjectNode) json.at("/services/3")).put("bufferAfterMinutes", -5);
                        });
        assertThat(pointersOf(document))
                .containsExactly(
                        "/tenant/name",
                        "/branches/1/holidayCalendar",
                        "/services/3/durationMinutes",
                        "/services/3/bufferAfterMinutes");
    }

    @Test
    void what_looks_odd_and_can_be_meant_is_no_fault() {
        var document =
                Documents.demoBut(
                        json -> {
                            // overlapping windows, a window around the clock, one into the next day
                            var hours = (ArrayNode) json.at("/branches/0/openingHours");
                            hours.add(JSON.readTree(window("09:00", "12:00")));
                            hours.add(JSON.readTree(window("10:00", "10:00")));
                            hours.add(JSON.readTree(window("22:00", "02:00")));
                            hours.add(JSON.readTree(window("00:00", "24:00")));
                            // a day without windows is closed
                            ((ArrayNode) json.at("/branches/2/specialDays/0/windows")).removeAll();
                            // a language the tenant does not list
                            ((ObjectNode) json.at("/branches/0/name")).put("fr", "Greenwich");
                            // today only, and at once
                            ((ObjectNode) json.at("/branches/0/booking")).put("horizonDays", 0);
                            // a hold of seconds
                            ((ObjectNode) json.at("/tenant/settings")).put("hold", "PT2S");
                        });
        assertThat(CatalogueCheck.faultsOf(document, Documents.DEMO)).isEmpty();
    }

    private static String window(String from, String to) {
        return """
        {"days": ["MONDAY"], "from": "%s", "to": "%s"}
        """
                .formatted(from, to);
    }

    private static List<String> pointersOf(CatalogueDocument document) {
        var pointers = new ArrayList<String>();
        CatalogueCheck.faultsOf(document, Documents.DEMO)
                .forEach(fault -> pointers.add(fault.pointer()));
        return pointers;
    }
}
