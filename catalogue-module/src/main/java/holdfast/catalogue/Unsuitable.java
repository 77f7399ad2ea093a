package holdfast.catalogue;

import static holdfast.catalogue.Phrase.phrase;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

/** A value cannot be made of what was given, and whoever sent it is told why. */
public final class Unsuitable extends IllegalArgumentException {

    private final transient Phrase reason;

    @FormatMethod
    public Unsuitable(@FormatString String template, Object... arguments) {
        this(phrase(template, arguments));
    }

    private Unsuitable(Phrase reason) {
        super(reason.toString());
        this.reason = reason;
    }

    public Phrase reason() {
        return reason;
    }
}
