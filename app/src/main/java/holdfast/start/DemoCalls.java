package holdfast.start;

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

    private record Offered(String service, String branch, JsonNode slot) {}

    String text() {
        return findFree().map(this::calls).orElse("The demo catalogue has no free slot.");
    }

    private Optional<Offered> findFree() {
        RestClient client =
                RestClient.builder()
                        .baseUrl(address + "/external/v1")
                        .defaultHeader("X-TENANT-ID", TENANT)
                        .build();
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
        JsonNode answer = client.get().uri(path, ids).retrieve().body(JsonNode.class);
        if (answer == null) {
            throw new IllegalStateException(path + " answered nothing");
        }
        return answer;
    }

    private String calls(Offered offered) {
        String api = address + "/external/v1";
        String slot =
                "{\"startTime\":\"%s\",\"endTime\":\"%s\"}"
                        .formatted(
                                offered.slot().path("startTime").asString(),
                                offered.slot().path("endTime").asString());
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
                .formatted(TENANT, api, offered.service(), offered.branch(), slot);
    }
}
