package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The demo organisation's catalogue, as it is and with a change. */
public final class Documents {

    public static final TenantId DEMO = TenantId.of("demo");

    private static final Path DEMO_FILE = Path.of("../app/src/main/resources/demo/catalogue.json");

    /** Reads a list that is not there as an empty one, like the HTTP edge. */
    public static final JsonMapper JSON =
            JsonMapper.builder()
                    .withConfigOverride(
                            List.class,
                            list ->
                                    list.setNullHandling(
                                            JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                    .build();

    private Documents() {}

    public static CatalogueDocument demo() {
        return demoBut(_ -> {});
    }

    /** The demo catalogue after {@code change} was made to its JSON. */
    public static CatalogueDocument demoBut(Consumer<ObjectNode> change) {
        var json = (ObjectNode) JSON.readTree(DEMO_FILE.toFile());
        change.accept(json);
        return read(json);
    }

    public static Tenant demoTenant() {
        return demo().tenant();
    }

    static CatalogueDocument read(JsonNode json) {
        return JSON.treeToValue(json, CatalogueDocument.class);
    }

    public static CatalogueDocument read(String json) {
        return JSON.readValue(json, CatalogueDocument.class);
    }

    public static String write(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** The document as a catalogue that was just applied. */
    public static Catalogue catalogueOf(CatalogueDocument document) {
        return new CatalogueSnapshot(document, 0);
    }
}
