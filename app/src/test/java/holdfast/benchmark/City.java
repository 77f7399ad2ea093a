package holdfast.benchmark;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/** The tenant that is measured: a real catalogue, or one of a city that does not exist. */
record City(ObjectNode document) {

    static final JsonMapper JSON = new JsonMapper();

    private static final int BRANCHES = 109;
    private static final int LARGE_BRANCHES = 9;
    private static final int SERVICES = 281;

    static City from(Path file) throws IOException {
        return bookableByAnybody((ObjectNode) JSON.readTree(Files.readString(file)));
    }

    /** A city of the size of a real one: a few large offices, many small ones, 500 offers. */
    static City madeUp() {
        var city = JSON.createObjectNode();
        city.putObject("tenant")
                .put("id", "city")
                .put("name", "A city")
                .put("timeZone", "Europe/Berlin")
                .put("defaultLanguage", "de_DE")
                .putObject("settings")
                .put("hold", "PT15M");
        ((ObjectNode) city.path("tenant")).putArray("languages").add("de_DE").add("en_US");
        city.putArray("resourceTypes")
                .addObject()
                .put("id", "desk")
                .putObject("name")
                .put("de_DE", "Schalter");
        var branches = city.putArray("branches");
        var pools = city.putArray("resourcePools");
        for (int i = 0; i < BRANCHES; i++) {
            branches.add(branch(i));
            pools.addObject()
                    .put("id", "desks-of-branch-" + i)
                    .put("branch", "branch-" + i)
                    .put("resourceType", "desk")
                    .put("name", "Schalter")
                    .put("capacity", i < LARGE_BRANCHES ? 12 : 2);
        }
        var services = city.putArray("services");
        for (int i = 0; i < SERVICES; i++) {
            services.add(service(i));
        }
        return bookableByAnybody(city);
    }

    private static JsonNode branch(int number) {
        var branch =
                JSON.readTree(
                        """
                        {"name": {"de_DE": "Bürgerbüro"}, "timeZone": "Europe/Berlin",
                         "address": {"streetName": "Markt 1", "zipCode": "10117", "city": "Berlin", "country": "DE"},
                         "location": {"longitude": 13.4, "latitude": 52.5},
                         "openingHours": [
                           {"days": ["MONDAY", "WEDNESDAY", "FRIDAY"], "from": "07:30", "to": "12:00"},
                           {"days": ["TUESDAY", "THURSDAY"], "from": "08:30", "to": "12:00"},
                           {"days": ["TUESDAY", "THURSDAY"], "from": "13:00", "to": "18:00"}],
                         "booking": {"minimumNoticeMinutes": 120, "horizonDays": 60}}
                        """);
        return ((ObjectNode) branch).put("id", "branch-" + number);
    }

    private static JsonNode service(int number) {
        var service =
                JSON.createObjectNode()
                        .put("id", "service-" + number)
                        .put("durationMinutes", 5 + 5 * (number % 6))
                        .put("maxNumberOfReservations", 3)
                        .put("onlineBookable", true)
                        .put("resourceSelection", false);
        service.putObject("name").put("de_DE", "Anliegen " + number);
        service.putArray("resourceTypes").add("desk");
        var offers = service.putArray("branches");
        if (number < 24) {
            for (int branch = 0; branch < LARGE_BRANCHES; branch++) {
                offer(offers.addObject(), branch);
            }
        } else {
            offer(offers.addObject(), LARGE_BRANCHES + number % (BRANCHES - LARGE_BRANCHES));
        }
        return service;
    }

    private static void offer(ObjectNode offer, int branch) {
        offer.put("branch", "branch-" + branch);
        offer.putArray("resourcePools").add("desks-of-branch-" + branch);
    }

    // Checking a token takes time, in the floors too; without one, the ratios are the harder ones.
    private static City bookableByAnybody(ObjectNode document) {
        ((ObjectNode) document.path("tenant").path("settings")).put("anonymousBooking", true);
        return new City(document);
    }

    /** The same with so many times the places in each pool that has no named resources. */
    City withRoom(int factor) {
        var larger = document.deepCopy();
        for (var pool : larger.path("resourcePools")) {
            if (pool.has("capacity")) {
                ((ObjectNode) pool).put("capacity", pool.path("capacity").asInt() * factor);
            }
        }
        return new City(larger);
    }

    String tenant() {
        return document.path("tenant").path("id").asString();
    }

    Duration hold() {
        return Duration.parse(
                document.path("tenant").path("settings").path("hold").asString("PT15M"));
    }

    /** Founds it, or changes it, through the API. */
    void apply(int port) throws IOException {
        try (var wire = new Wire(port)) {
            var operator = "Authorization: Bearer " + token(wire) + "\r\n";
            var tenant = document.path("tenant").toString();
            wire.exchange(Wire.request("POST", "/admin/v1/tenants", tenant(), operator, tenant));
            int status =
                    wire.exchange(
                            Wire.request(
                                    "PUT",
                                    "/admin/v1/catalogue",
                                    tenant(),
                                    operator,
                                    document.toString()));
            if (status != 200) {
                throw new IllegalStateException("The catalogue is refused: " + wire.body());
            }
        }
    }

    private static String token(Wire wire) throws IOException {
        var credentials = ServerProcess.OPERATOR + ":" + ServerProcess.SECRET;
        var basic =
                "Authorization: Basic "
                        + Base64.getEncoder().encodeToString(credentials.getBytes())
                        + "\r\n";
        wire.exchange(Wire.form("/oauth2/token", basic, "grant_type=client_credentials"));
        var token = JSON.readTree(wire.body()).path("access_token").asString("");
        if (token.isEmpty()) {
            throw new IllegalStateException("No token: " + wire.body());
        }
        return token;
    }
}
