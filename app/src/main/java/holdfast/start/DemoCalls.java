package holdfast.start;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import tools.jackson.databind.JsonNode;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Five calls to try in order, with ids and a free slot that the running application just named
 * itself.
 */
record DemoCalls(String address) {

    static final String TENANT = "demo";

    private record Offered(String service, String branch, JsonNode slot) {

        String timeSlot() {
            return "{\"startTime\":\"%s\",\"endTime\":\"%s\"}"
                    .formatted(slot.path("startTime").asString(), slot.path("endTime").asString());
        }
    }

    String text() {
        return findFree().map(this::calls).orElse("The demo catalogue has no free slot.");
    }

    /**
     * Makes these calls.
     *
     * @param times how often, one after the other; each booking is cancelled again
     * @throws IllegalStateException if nothing is free
     */
    void make(int times) {
        var client = client();
        var offered =
                findFree()
                        .orElseThrow(
                                () -> new IllegalStateException("Nothing to rehearse is free"));
        var hold =
                """
                {"serviceId": "%s", "branchId": "%s", "timeSlot": %s}
                """
                        .formatted(offered.service(), offered.branch(), offered.timeSlot());
        for (int n = 0; n < times; n++) {
            findFree();
            var held =
                    client.post()
                            .uri("/reservations")
                            .contentType(MediaType.APPLICATION_JSON)
                            .body(hold)
                            .retrieve();
            var id = answer("reservations", held.body(JsonNode.class)).path("reservationId");
            var person =
                    Map.of(
                            "personalIdentifier", "rehearsal" + (100 + n % 100),
                            "firstName", "Ada",
                            "lastName", "Lovelace",
                            "email", "ada@example.org");
            client.put()
                    .uri("/reservations/{id}", id.asString())
                    .body(person)
                    .retrieve()
                    .toBodilessEntity();
            client.delete().uri("/appointments/{id}", id.asString()).retrieve().toBodilessEntity();
            client.get().uri(address + "/book/" + TENANT).retrieve().toBodilessEntity();
        }
    }

    private RestClient client() {
        return RestClient.builder()
                .baseUrl(address + "/external/v1")
                .defaultHeader("X-TENANT-ID", TENANT)
                .build();
    }

    private Optional<Offered> findFree() {
        RestClient client = client();
        for (JsonNode offer : asksLittle(get(client, "/services", Map.of()))) {
            String service = offer.at("/service/id").asString();
            String branch = offer.at("/branch/id").asString();
            JsonNode slots =
                    get(
                            client,
                            "/services/{service}/timeslots?branchId={branch}",
                            Map.of("service", service, "branch", branch));
            if (!slots.isEmpty()) {
                return Optional.of(new Offered(service, branch, slots.get(0).path("timeSlot")));
            }
        }
        return Optional.empty();
    }

    /** What can be booked online, the offers with the fewest questions first. */
    private static List<JsonNode> asksLittle(JsonNode offers) {
        return StreamSupport.stream(offers.spliterator(), false)
                .filter(offer -> offer.at("/service/config/onlineBookable").asBoolean())
                .sorted(
                        Comparator.comparingInt(
                                offer ->
                                        offer.path("informationQuestions").size()
                                                + offer.path("screeningQuestions").size()))
                .toList();
    }

    private static JsonNode get(RestClient client, String path, Map<String, String> ids) {
        return answer(path, client.get().uri(path, ids).retrieve().body(JsonNode.class));
    }

    private static JsonNode answer(String path, @Nullable JsonNode answer) {
        if (answer == null) {
            throw new IllegalStateException(path + " answered nothing");
        }
        return answer;
    }

    private String calls(Offered offered) {
        String api = address + "/external/v1";
        return """
        Five calls to try, in this order:

        # 1. what can be booked, and where
        curl -s -w '\\n' -H 'X-TENANT-ID: %1$s' %2$s/services

        # 2. when
        curl -s -w '\\n' -H 'X-TENANT-ID: %1$s' '%2$s/services/%3$s/timeslots?branchId=%4$s'

        # 3. hold a slot for 15 minutes
        id=$(curl -s -w '\\n' -H 'X-TENANT-ID: %1$s' -H 'Content-Type: application/json' %2$s/reservations -d '{"serviceId":"%3$s","branchId":"%4$s","timeSlot":%5$s}' | tee /dev/stderr | sed 's/.*"reservationId":"\\([^"]*\\)".*/\\1/')

        # 4. confirm it
        curl -s -w '\\n' -X PUT -H 'X-TENANT-ID: %1$s' -H 'Content-Type: application/json' %2$s/reservations/$id -d '{"personalIdentifier":"abc1234567","firstName":"Ada","lastName":"Lovelace","email":"ada@example.org"}'

        # 5. cancel it
        curl -s -i -X DELETE -H 'X-TENANT-ID: %1$s' %2$s/appointments/$id
        """
                .formatted(TENANT, api, offered.service(), offered.branch(), offered.timeSlot());
    }
}
