package holdfast.repeats;

import org.jspecify.annotations.Nullable;

/** A request with a key, while this thread works on it. */
final class KeyedRequest {

    private static final ThreadLocal<@Nullable KeyedRequest> CURRENT = new ThreadLocal<>();

    /** Under which its answer is kept: a digest of tenant, caller and key. */
    final byte[] name;

    /** A digest of all that was sent. */
    final byte[] content;

    /** What its answer is sealed under; only the same request gives it again. */
    final byte[] seal;

    private boolean happened;
    private boolean failed;
    private @Nullable Earlier earlier;

    KeyedRequest(byte[] name, byte[] content, byte[] seal) {
        this.name = name;
        this.content = content;
        this.seal = seal;
    }

    /** What this thread works on; null if it came without a key, or is no request. */
    static @Nullable KeyedRequest current() {
        return CURRENT.get();
    }

    void begin() {
        CURRENT.set(this);
    }

    void end() {
        CURRENT.remove();
    }

    /** Whether a command of it is committed, and its row with it. */
    boolean hasHappened() {
        return happened;
    }

    void happened() {
        happened = true;
    }

    /** Whether a command of it was rolled back, perhaps because it had happened before. */
    boolean hasFailed() {
        return failed;
    }

    void failed() {
        failed = true;
    }

    /** What its key was used for before, once that came out. */
    @Nullable Earlier earlier() {
        return earlier;
    }

    void meets(Earlier found) {
        earlier = found;
    }
}
