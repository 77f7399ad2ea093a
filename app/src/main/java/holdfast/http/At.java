package holdfast.http;

import org.jspecify.annotations.Nullable;

/**
 * A place in what somebody sent, spelled out only if something is wrong there.
 *
 * @param parent null at the root of a document, and for a query parameter
 */
record At(@Nullable At parent, String name) {

    /** The whole of a document. */
    static final At ROOT = new At(null, "");

    static At query(String parameter) {
        return new At(null, parameter);
    }

    At member(String member) {
        return new At(this, member);
    }

    At element(int index) {
        return new At(this, Integer.toString(index));
    }

    /** As a JSON pointer (RFC 6901); a query parameter is its name. */
    String pointer() {
        return parent == null
                ? name
                : parent.pointer() + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
