package holdfast.eventstore;

import org.axonframework.common.IdentifierFactory;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Version 7 UUIDs (RFC 9562): milliseconds first, chance after, so that rows that are made together
 * lie together. Axon finds this class as a service.
 */
public final class TimeOrderedIdentifiers extends IdentifierFactory {

    private final SecureRandom random = new SecureRandom();

    @Override
    public String generateIdentifier() {
        return at(System.currentTimeMillis()).toString();
    }

    UUID at(long epochMillis) {
        long version = 0x7000L | (random.nextLong() & 0x0FFFL);
        long variant = Long.MIN_VALUE | (random.nextLong() >>> 2);
        return new UUID(epochMillis << 16 | version, variant);
    }
}
