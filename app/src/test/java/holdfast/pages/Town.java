package holdfast.pages;

import holdfast.Holdfast;
import holdfast.catalogue.ApplyCatalogue;
import holdfast.catalogue.CatalogueDocument;
import holdfast.catalogue.CreateTenant;
import holdfast.catalogue.TenantId;
import holdfast.http.StrictJson;
import holdfast.testing.TestDatabase;
import holdfast.testing.TestNode;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.MDC;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Objects;

/**
 * One application for all tests of pages, with towns as each of them wants them. A town's hall is
 * open around the clock, so there is always a time soon; its one registrar marries, its counters do
 * the rest.
 */
final class Town {

    private static final TestNode NODE = start();

    private final String id;

    private Town(String id) {
        this.id = id;
    }

    private static TestNode start() {
        try {
            var home = Files.createTempDirectory("holdfast-pages");
            var node =
                    TestNode.start(
                            Holdfast.class,
                            TestDatabase.fresh(),
                            "holdfast.home=" + home,
                            "holdfast.operator-secret=nobody-asks-for-it");
            Runtime.getRuntime().addShutdownHook(new Thread(node::close));
            return node;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** With holds as long as usual. */
    static Town found(String id) {
        return found(id, "\"hold\": \"PT15M\", \"anonymousBooking\": true");
    }

    /**
     * @param settings the members of the tenant's settings, but for that it combines services
     */
    static Town found(String id, String settings) {
        try (var catalogue = Objects.requireNonNull(Town.class.getResourceAsStream("town.json"))) {
            var text =
                    new String(catalogue.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("TOWN", id)
                            .replace("\"SETTINGS\": true", settings);
            var document =
                    StrictJson.read(
                            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                            CatalogueDocument.class);
            var commands = NODE.bean(CommandGateway.class);
            MDC.put("tenant", id);
            MDC.put("actor", "test");
            commands.sendAndWait(new CreateTenant(document.tenant()));
            commands.sendAndWait(new ApplyCatalogue(TenantId.of(id), document));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } finally {
            MDC.clear();
        }
        return new Town(id);
    }

    TenantId id() {
        return TenantId.of(id);
    }

    String url(String path) {
        return NODE.url() + path;
    }

    /** Where visitors begin. */
    String book() {
        return url("/book/" + id);
    }

    /** Where those begin who know what they want and where. */
    String book(String service) {
        return book() + "?service=" + service + "&branch=hall";
    }

    <T> T bean(Class<T> type) {
        return NODE.bean(type);
    }
}
