package holdfast.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import tools.jackson.databind.JsonNode;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A tenant for journeys: a city hall that is open around the clock every day, so that there is
 * always a slot soon, with one desk, a pool of seven counters and services for each.
 */
final class City {

    static final String HALL = "hall";
    static final String PASSPORT = "passport"; // 30 minutes at the only desk
    static final String ADVICE = "advice"; // 30 minutes at one of seven counters
    static final String WEDDING = "wedding"; // needs the desk and a counter
    static final String QUESTION = "question"; // 20 minutes at a counter, every ten minutes
    static final String TALK = "talk"; // 50 minutes at a counter, and ten more to tidy up
    static final int COUNTERS = 7;

    private City() {}

    static String tenant(String id, String hold) {
        return """
        {"id": "%s", "name": "City of %s", "timeZone": "Europe/Berlin",
         "languages": ["de_DE", "en_US"], "defaultLanguage": "de_DE",
         "settings": {"hold": "%s", "anonymousBooking": true}}
        """
                .formatted(id, id, hold);
    }

    static String catalogue(String id, String hold) {
        return """
        {"tenant": %s,
         "holidayCalendars": [],
         "resourceTypes": [{"id": "desk", "name": {"de_DE": "Schalter"}},
                           {"id": "counter", "name": {"de_DE": "Theke"}}],
         "branches": [{"id": "hall", "name": {"de_DE": "Rathaus", "en_US": "City hall"},
           "address": {"streetName": "Markt 1", "zipCode": "10117", "city": "Berlin", "country": "DE"},
           "timeZone": "Europe/Berlin",
           "openingHours": [{"days": ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"],
                             "from": "00:00", "to": "24:00"}],
           "booking": {"minimumNoticeMinutes": 0, "horizonDays": 60}}],
         "resourcePools": [
           {"id": "desks", "branch": "hall", "resourceType": "desk", "name": "Schalter",
            "resources": [{"id": "desk-1", "name": "Schalter 1"}]},
           {"id": "counters", "branch": "hall", "resourceType": "counter", "name": "Theken", "capacity": 7}],
         "services": [
           {"id": "passport", "name": {"de_DE": "Reisepass", "en_US": "Passport"}, "durationMinutes": 30,
            "maxNumberOfReservations": 4, "onlineBookable": true, "resourceTypes": ["desk"],
            "resourceSelection": true,
            "informationQuestions": [{"required": false, "questionText": {"de_DE": "Was?", "en_US": "What?"}}],
            "branches": [{"branch": "hall", "resourcePools": ["desks"]}]},
           {"id": "advice", "name": {"de_DE": "Beratung", "en_US": "Advice"}, "durationMinutes": 30,
            "maxNumberOfReservations": 4, "onlineBookable": true, "resourceTypes": ["counter"],
            "resourceSelection": false,
            "branches": [{"branch": "hall", "resourcePools": ["counters"]}]},
           {"id": "wedding", "name": {"de_DE": "Trauung", "en_US": "Wedding"}, "durationMinutes": 30,
            "maxNumberOfReservations": 1, "onlineBookable": true, "resourceTypes": ["desk", "counter"],
            "resourceSelection": false,
            "branches": [{"branch": "hall", "resourcePools": ["desks", "counters"]}]},
           {"id": "question", "name": {"de_DE": "Frage", "en_US": "Question"}, "durationMinutes": 20,
            "slotIntervalMinutes": 10, "maxNumberOfReservations": 1, "onlineBookable": true,
            "resourceTypes": ["counter"], "resourceSelection": false,
            "branches": [{"branch": "hall", "resourcePools": ["counters"]}]},
           {"id": "talk", "name": {"de_DE": "Gespräch", "en_US": "Talk"}, "durationMinutes": 50,
            "slotIntervalMinutes": 10, "bufferAfterMinutes": 10, "maxNumberOfReservations": 1,
            "onlineBookable": true, "resourceTypes": ["counter"], "resourceSelection": false,
            "branches": [{"branch": "hall", "resourcePools": ["counters"]}]}],
         "serviceGroups": [],
         "serviceCombinations": []}
        """
                .formatted(tenant(id, hold));
    }

    /** Founds the city through the API and gives an anonymous client of it. */
    static Caller found(String url, String id, String hold) {
        var operator = Caller.operator(url).of(id);
        assertThat(operator.post("/admin/v1/tenants", tenant(id, hold)).status()).isEqualTo(201);
        var applied = operator.put("/admin/v1/catalogue", catalogue(id, hold));
        assertThat(applied.status()).as("%s", applied.body()).isEqualTo(200);
        return Caller.anonymous(url).of(id);
    }

    static List<JsonNode> slots(Caller caller, String service) {
        var answer =
                caller.get("/external/v1/services/%s/timeslots?branchId=hall".formatted(service));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return StreamSupport.stream(answer.body().spliterator(), false).toList();
    }

    /** The date so many days from today in the city. */
    static LocalDate inDays(int days) {
        return LocalDate.now(ZoneId.of("Europe/Berlin")).plusDays(days);
    }

    static List<JsonNode> slots(Caller caller, String service, LocalDate date) {
        var answer =
                caller.get(
                        "/external/v1/services/%s/timeslots?branchId=hall&from=%s&to=%s"
                                .formatted(service, date, date));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return StreamSupport.stream(answer.body().spliterator(), false).toList();
    }

    static boolean isListed(Caller caller, String service, JsonNode slot) {
        return slots(caller, service).stream()
                .anyMatch(
                        listed ->
                                listed.path("timeSlot")
                                        .path("startTime")
                                        .equals(slot.path("timeSlot").path("startTime")));
    }

    /** A slot well away from now, so that it does not pass while a test looks at it. */
    static JsonNode aSlot(Caller caller, String service, int day) {
        return slots(caller, service).get(48 * day);
    }

    static String reserve(String service, JsonNode slot) {
        return """
        {"serviceId": "%s", "branchId": "hall", "timeSlot": %s}
        """
                .formatted(service, slot.path("timeSlot"));
    }

    static String hold(Caller caller, String service, JsonNode slot) {
        var answer = caller.post("/external/v1/reservations", reserve(service, slot));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.body().path("reservationId").asString();
    }

    static String appointment(Caller caller, String service, JsonNode slot, String identifier) {
        var id = hold(caller, service, slot);
        var answer = caller.put("/external/v1/reservations/" + id, person(identifier, "Ada"));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return id;
    }

    static String into(String hold) {
        return "{\"reservationId\": \"%s\"}".formatted(hold);
    }

    static String person(String identifier, String firstName) {
        return """
        {"personalIdentifier": "%s", "firstName": "%s", "lastName": "Lovelace",
         "email": "ada@example.org", "phoneNumber": "+49 30 1234567"}
        """
                .formatted(identifier, firstName);
    }
}
