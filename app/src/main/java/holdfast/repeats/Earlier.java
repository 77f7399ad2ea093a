package holdfast.repeats;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.UUID;

/** What a key was used for before. */
final class Earlier {

    private final byte[] content;

    /** The reservation it was about, if it was about one. */
    final @Nullable UUID reservation;

    /** Sealed; null while it is not known, or if whoever made it died first. */
    final byte @Nullable [] answer;

    Earlier(byte[] content, @Nullable UUID reservation, byte @Nullable [] answer) {
        this.content = content;
        this.reservation = reservation;
        this.answer = answer;
    }

    boolean isTheSameAs(KeyedRequest request) {
        return MessageDigest.isEqual(content, request.content);
    }
}
