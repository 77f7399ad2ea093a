package holdfast.catalogue;

import static holdfast.catalogue.Phrase.phrase;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

/**
 * One thing that is wrong with what somebody sent.
 *
 * @param pointer where, as a JSON pointer (RFC 6901) into the body, or the name of the header or
 *     query parameter
 * @param detail what is wrong there, for people
 */
public record Fault(String pointer, Phrase detail) {

    @FormatMethod
    public Fault(String pointer, @FormatString String template, Object... arguments) {
        this(pointer, phrase(template, arguments));
    }
}
