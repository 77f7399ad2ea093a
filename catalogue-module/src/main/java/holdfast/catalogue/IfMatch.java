package holdfast.catalogue;

import com.fasterxml.jackson.annotation.JsonValue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How an entry has to stand for a change to be made, so that nobody undoes what he has not seen:
 * the header {@code If-Match} (RFC 9110, section 13.1.1).
 *
 * @param text entity tags with commas between; {@code *} if the entry only has to exist
 */
public record IfMatch(@JsonValue String text) {

    private static final String IF_IT_EXISTS = "*";

    public static IfMatch of(String text) {
        return new IfMatch(text);
    }

    /** The tag of an entry as it stands: another one if anything it says is another. */
    public static String tagOf(Object entry) {
        // a record of values prints all of them, in a fixed order
        return "\"" + ContentDigest.text(entry.toString().getBytes(StandardCharsets.UTF_8)) + "\"";
    }

    boolean isMetBy(Optional<?> entry) {
        if (entry.isEmpty()) {
            return false;
        }
        var tag = tagOf(entry.get());
        // a proxy that compresses makes a tag weak
        return text.strip().equals(IF_IT_EXISTS)
                || Arrays.stream(text.split(","))
                        .map(each -> each.strip().replaceFirst("^W/", ""))
                        .anyMatch(tag::equals);
    }
}
