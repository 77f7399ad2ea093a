package holdfast.http;

import static holdfast.catalogue.Phrase.phrase;

import holdfast.catalogue.Phrase;
import holdfast.catalogue.Unsuitable;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A value without parts: it can also stand in a query. */
interface Scalar extends Shape {

    /**
     * Reads the value from bare text, as in a query.
     *
     * @return the value; null exactly if a fault was added
     */
    @Nullable Object fromText(String text, At at, Faults faults);

    Scalar TEXT = new Text(phrase("a text"), text -> text);
    Scalar BOOLEAN = new Truth();
    Scalar DECIMAL = new Decimal();

    Scalar INTEGER =
            new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE) {
                @Override
                Object boxed(long number) {
                    return (int) number;
                }
            };

    Scalar LONG =
            new Whole(Long.MIN_VALUE, Long.MAX_VALUE) {
                @Override
                Object boxed(long number) {
                    return number;
                }
            };

    Scalar DATE = new Text(phrase("a date such as %s", "2026-10-25"), Scalar::date);

    Scalar INSTANT_WITH_OFFSET =
            new Text(
                    phrase("an instant with an offset such as %s", "2026-10-25T02:30:00+01:00"),
                    Scalar::instantWithOffset);

    Scalar INSTANT =
            new Text(
                    phrase("an instant with an offset such as %s", "2026-10-25T02:30:00+01:00"),
                    text -> instantWithOffset(text).toInstant());

    Scalar DURATION = new Text(phrase("an ISO 8601 duration such as %s", "PT15M"), Duration::parse);

    Scalar ZONE = new Text(phrase("an IANA time zone such as %s", "Europe/Berlin"), Scalar::zone);

    /** The names of an enum's constants, spelled exactly. */
    static Scalar oneOf(Class<?> type) {
        var constants = type.getEnumConstants();
        return new Text(
                phrase(
                        "one of %s",
                        String.join(", ", Arrays.stream(constants).map(Object::toString).toList())),
                text ->
                        Arrays.stream(constants)
                                .filter(constant -> ((Enum<?>) constant).name().equals(text))
                                .findFirst()
                                .orElseThrow(Unreadable::new));
    }

    /**
     * A text that a factory accepts.
     *
     * @param wanted what the text must be, for people
     * @param parse refuses with a {@link DateTimeException} or an {@link IllegalArgumentException};
     *     the message of the latter is the author's own, so it is passed on
     */
    record Text(Phrase wanted, Function<String, Object> parse) implements Scalar {

        @Override
        public @Nullable Object read(JsonParser json, At at, Faults faults) {
            return json.currentToken() == JsonToken.VALUE_STRING
                    ? fromText(json.getString(), at, faults)
                    : Json.wrongKind(json, wanted, at, faults);
        }

        @Override
        public @Nullable Object fromText(String text, At at, Faults faults) {
            var flaw = flawOf(text);
            if (flaw != null) {
                faults.note(at, flaw);
                return null;
            }
            try {
                return parse.apply(text);
            } catch (Unreadable | NumberFormatException | DateTimeException unreadable) {
                faults.note(at, "must be %s", wanted);
            } catch (ArithmeticException tooLarge) {
                faults.note(at, "must be %s, and is too large", wanted);
            } catch (IllegalArgumentException refusal) {
                faults.note(
                        at,
                        refusal.getMessage() == null
                                ? phrase("must be %s", wanted)
                                : reason(refusal));
            }
            return null;
        }

        // PostgreSQL keeps no U+0000, and half of a surrogate pair is no character at all.
        private static @Nullable Phrase flawOf(String text) {
            for (int i = 0; i < text.length(); i++) {
                var c = text.charAt(i);
                if (c == 0) {
                    return phrase("must not contain the character U+0000");
                }
                if (Character.isSurrogate(c)) {
                    if (Character.isLowSurrogate(c)
                            || i + 1 == text.length()
                            || !Character.isLowSurrogate(text.charAt(i + 1))) {
                        return phrase("must not contain half of a surrogate pair");
                    }
                    i++;
                }
            }
            return null;
        }
    }

    /** Also takes a number without sign or fraction, as the digits that were sent. */
    record Digits(Scalar text) implements Scalar {

        private static final Pattern FORM = Pattern.compile("\\d+");

        @Override
        public @Nullable Object read(JsonParser json, At at, Faults faults) {
            return json.currentToken() == JsonToken.VALUE_NUMBER_INT
                            && FORM.matcher(json.getString()).matches()
                    ? text.fromText(json.getString(), at, faults)
                    : text.read(json, at, faults);
        }

        @Override
        public @Nullable Object fromText(String sent, At at, Faults faults) {
            return text.fromText(sent, at, faults);
        }
    }

    /** An integer written as one: neither {@code 1.0} nor {@code "1"}. */
    abstract class Whole implements Scalar {

        private static final Pattern FORM = Pattern.compile("-?\\d{1,19}");

        private final long smallest;
        private final long largest;

        Whole(long smallest, long largest) {
            this.smallest = smallest;
            this.largest = largest;
        }

        abstract Object boxed(long number);

        @Override
        public @Nullable Object read(JsonParser json, At at, Faults faults) {
            return json.currentToken() == JsonToken.VALUE_NUMBER_INT
                    ? within(json.getString(), at, faults)
                    : Json.wrongKind(json, phrase("an integer"), at, faults);
        }

        @Override
        public @Nullable Object fromText(String text, At at, Faults faults) {
            if (FORM.matcher(text).matches()) {
                return within(text, at, faults);
            }
            faults.note(at, "must be %s", phrase("an integer"));
            return null;
        }

        private @Nullable Object within(String digits, At at, Faults faults) {
            try {
                var number = Long.parseLong(digits);
                if (number >= smallest && number <= largest) {
                    return boxed(number);
                }
            } catch (NumberFormatException tooManyDigits) {
                // said below
            }
            faults.note(at, "must lie between %d and %d", smallest, largest);
            return null;
        }
    }

    /** A finite number. */
    record Decimal() implements Scalar {

        @Override
        public @Nullable Object read(JsonParser json, At at, Faults faults) {
            return switch (json.currentToken()) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> fromText(json.getString(), at, faults);
                case null, default -> Json.wrongKind(json, phrase("a number"), at, faults);
            };
        }

        @Override
        public @Nullable Object fromText(String text, At at, Faults faults) {
            try {
                var number = new BigDecimal(text).doubleValue();
                if (Double.isFinite(number)) {
                    return number;
                }
                faults.note(at, "is too large a number");
            } catch (NumberFormatException unreadable) {
                faults.note(at, "must be %s", phrase("a number"));
            }
            return null;
        }
    }

    /** {@code true} or {@code false}. */
    record Truth() implements Scalar {

        @Override
        public @Nullable Object read(JsonParser json, At at, Faults faults) {
            return switch (json.currentToken()) {
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case null, default -> Json.wrongKind(json, phrase("true or false"), at, faults);
            };
        }

        @Override
        public @Nullable Object fromText(String text, At at, Faults faults) {
            if (text.equals("true") || text.equals("false")) {
                return text.equals("true");
            }
            faults.note(at, "must be %s", phrase("true or false"));
            return null;
        }
    }

    /** The text means nothing of the kind; what it should be is said by who asked. */
    final class Unreadable extends RuntimeException {
        Unreadable() {
            super(null, null, false, false);
        }
    }

    /** What a factory or a constructor has against what it was given. */
    static Phrase reason(IllegalArgumentException refusal) {
        return refusal instanceof Unsuitable unsuitable
                ? unsuitable.reason()
                : new Phrase("%s", List.of(String.valueOf(refusal.getMessage())));
    }

    private static LocalDate date(String text) {
        // no signs and five-digit years, which ISO 8601 allows by agreement only
        if (text.length() != 10) {
            throw new Unreadable();
        }
        return LocalDate.parse(text);
    }

    private static OffsetDateTime instantWithOffset(String text) {
        if (text.length() < 11 || text.charAt(10) != 'T') {
            throw new Unreadable();
        }
        try {
            return OffsetDateTime.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw new Unreadable();
        }
    }

    private static ZoneId zone(String text) {
        if (!Zones.KNOWN.contains(text)) {
            throw new Unreadable();
        }
        return ZoneId.of(text);
    }

    /** Asked for once: the platform copies its set on every call. */
    final class Zones {
        static final Set<String> KNOWN = Set.copyOf(ZoneId.getAvailableZoneIds());

        private Zones() {}
    }
}
