package holdfast.http;

import org.jspecify.annotations.Nullable;

/** A place in a JSON document, spelled out only if something is wrong there. */
record At(@Nullable At parent, String name) {

    static final At ROOT = new At(null, "");

    At member(String member) {
        return new At(this, member);
    }

    At element(int index) {
        return new At(this, Integer.toString(index));
    }

    /** As a JSON pointer (RFC 6901); the whole document is the empty text. */
    String pointer() {
        return parent == null
                ? ""
                : parent.pointer() + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
