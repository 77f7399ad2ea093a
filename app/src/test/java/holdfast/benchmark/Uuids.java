package holdfast.benchmark;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Version 7 UUIDs, as the application gives them to its streams. */
final class Uuids {

    private Uuids() {}

    static UUID timeOrdered(long epochMillis) {
        var random = ThreadLocalRandom.current();
        long version = 0x7000L | (random.nextLong() & 0x0FFFL);
        long variant = Long.MIN_VALUE | (random.nextLong() >>> 2);
        return new UUID(epochMillis << 16 | version, variant);
    }
}
