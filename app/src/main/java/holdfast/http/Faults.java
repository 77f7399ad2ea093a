package holdfast.http;

import static holdfast.catalogue.Phrase.phrase;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

import holdfast.catalogue.Fault;
import holdfast.catalogue.Phrase;

import java.util.ArrayList;
import java.util.List;

/** The faults found so far in one document, in the order in which a reader meets them. */
final class Faults {

    /** Enough for a person to mend a document; more would only make the answer heavy. */
    static final int MOST_LISTED = 1_000;

    private final List<Fault> found = new ArrayList<>();
    private int count;

    @FormatMethod
    void note(At at, @FormatString String template, Object... arguments) {
        note(at, phrase(template, arguments));
    }

    void note(At at, Phrase detail) {
        note(at.pointer(), detail);
    }

    void note(String pointer, Phrase detail) {
        if (count < MOST_LISTED) {
            found.add(new Fault(pointer, detail));
        }
        count++;
    }

    /** How many there are, listed or not. */
    int count() {
        return count;
    }

    /** Those listed, and how many more there are. */
    List<Fault> listed() {
        var listed = new ArrayList<>(found);
        if (count > found.size()) {
            listed.add(new Fault("", "and %d more faults", count - found.size()));
        }
        return listed;
    }
}
