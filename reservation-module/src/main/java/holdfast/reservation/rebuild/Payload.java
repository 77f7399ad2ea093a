package holdfast.reservation.rebuild;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The members of an event that tables are made from, read in one pass. What becomes a document of
 * the register is kept as the text it is.
 */
@SuppressWarnings("NullAway.Init") // which members there are depends on the event
final class Payload {

    private static final JsonFactory JSON = new JsonFactory();

    String tenant;
    UUID reservation;
    String branch;
    Span visit;
    Span busy;
    byte[] services;
    byte[] claims;
    String chosenBy;
    byte @Nullable [] notes;
    byte[] details;
    UUID customer;
    long expiresAt;
    long expiredAt;

    /** From {@code from} (inclusive) to {@code to} (exclusive), in microseconds of the epoch. */
    record Span(long from, long to) {

        boolean meets(Span other) {
            return from < other.to && other.from < to;
        }

        @Override
        public String toString() {
            return Micros.instant(from) + "/" + Micros.instant(to);
        }
    }

    /** So many places of one pool or resource, of so many that there were. */
    record Claimed(String places, int units, int capacity) {}

    static Payload of(byte[] json) {
        var payload = new Payload();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                payload.take(name, parser, json);
            }
        }
        return payload;
    }

    private void take(String name, JsonParser parser, byte[] json) {
        switch (name) {
            case "tenant" -> tenant = parser.getString();
            case "reservation" -> reservation = UUID.fromString(parser.getString());
            case "branch" -> branch = parser.getString();
            case "visit" -> visit = span(parser);
            case "busy" -> busy = span(parser);
            case "services" -> services = withoutNulls(text(parser, json));
            case "claims" -> claims = withoutNulls(text(parser, json));
            case "chosenBy" -> chosenBy = parser.getString();
            case "notes" ->
                    notes =
                            parser.currentToken() == JsonToken.VALUE_NULL
                                    ? null
                                    : text(parser, json);
            case "details" -> details = text(parser, json);
            case "customer" -> customer = UUID.fromString(parser.getString());
            case "expiresAt" -> expiresAt = Micros.parse(parser.getString());
            case "expiredAt" -> expiredAt = Micros.parse(parser.getString());
            default -> parser.skipChildren();
        }
    }

    private static Span span(JsonParser parser) {
        long from = 0;
        long to = 0;
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "start" -> from = Micros.parse(parser.getString());
                case "end" -> to = Micros.parse(parser.getString());
                default -> parser.skipChildren();
            }
        }
        return new Span(from, to);
    }

    private static byte[] text(JsonParser parser, byte[] json) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return Arrays.copyOfRange(json, from, (int) parser.currentLocation().getByteOffset());
    }

    /** Events name what is absent, and the register leaves it out. */
    private static byte[] withoutNulls(byte[] json) {
        if (!new String(json, StandardCharsets.ISO_8859_1).contains(":null")) {
            return json;
        }
        var copy = new ByteArrayOutputStream(json.length);
        try (var from = JSON.createParser(ObjectReadContext.empty(), json);
                var to = JSON.createGenerator(ObjectWriteContext.empty(), copy)) {
            @Nullable String member = null;
            for (var token = from.nextToken(); token != null; token = from.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    member = from.getString();
                    continue;
                }
                if (member != null && token != JsonToken.VALUE_NULL) {
                    to.writeName(member);
                }
                if (member == null || token != JsonToken.VALUE_NULL) {
                    to.copyCurrentEvent(from);
                }
                member = null;
            }
        }
        return copy.toByteArray();
    }

    /** What a {@code Reserved} claims. */
    static List<Claimed> claimed(byte[] claims) {
        var claimed = new ArrayList<Claimed>(2);
        try (var parser = JSON.createParser(ObjectReadContext.empty(), claims)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                claimed.add(one(parser));
            }
        }
        return claimed;
    }

    private static Claimed one(JsonParser parser) {
        String places = "";
        int units = 0;
        int capacity = 0;
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "places" -> places = parser.getString();
                case "units" -> units = parser.getIntValue();
                case "capacity" -> capacity = parser.getIntValue();
                default -> parser.skipChildren();
            }
        }
        return new Claimed(places, units, capacity);
    }
}
