package holdfast.http;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.Holdfast;
import holdfast.testing.Description;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * {@code docs/openapi.json} is what {@code /v3/api-docs} answers. With {@code
 * -Dholdfast.describe=true} it is written and not compared.
 */
class KeptDescriptionTest {

    private static final JsonMapper JSON = new JsonMapper();

    @SuppressWarnings("NullAway.Init")
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.start(Holdfast.class, TestDatabase.fresh());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var client =
                HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(node.url() + path)).build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void what_is_kept_is_what_runs() throws Exception {
        var answer = get("/v3/api-docs");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var runs = JSON.readTree(answer.body());
        if (Boolean.getBoolean("holdfast.describe")) {
            Files.writeString(Description.KEPT, printed(runs));
            return;
        }
        var differences = new ArrayList<String>();
        compare(JSON.readTree(Files.readString(Description.KEPT)), runs, "", differences);
        assertThat(differences)
                .as("Calls have changed. Write docs/openapi.json anew: " + Description.HOW_TO_KEEP)
                .isEmpty();
    }

    /** Notes where the two differ; the order of members does not count. */
    private static void compare(JsonNode kept, JsonNode runs, String at, List<String> found) {
        if (kept.isObject() && runs.isObject()) {
            var names = new TreeSet<>(kept.propertyNames());
            names.addAll(runs.propertyNames());
            for (var name : names) {
                compare(kept.path(name), runs.path(name), at + "/" + name, found);
            }
        } else if (kept.isArray() && runs.isArray() && kept.size() == runs.size()) {
            for (int i = 0; i < kept.size(); i++) {
                compare(kept.path(i), runs.path(i), at + "/" + i, found);
            }
        } else if (!kept.equals(runs)) {
            found.add(
                    at
                            + (kept.isMissingNode()
                                    ? " is new"
                                    : runs.isMissingNode() ? " is gone" : " differs"));
        }
    }

    private static String printed(JsonNode description) {
        var indenter = new DefaultIndenter("  ", "\n");
        var printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        return JSON.writer().with(printer).writeValueAsString(description) + "\n";
    }

    @Test
    void the_description_has_a_page() throws Exception {
        assertThat(get("/swagger-ui.html").statusCode()).isEqualTo(200);
    }
}
