package holdfast.customer;

import holdfast.catalogue.TenantId;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Data keys this node has unwrapped lately: at most {@value #MOST}, none for longer than {@link
 * #KEPT}, which is how long another node's forgetting may go unnoticed.
 */
final class KeyCache {

    static final Duration KEPT = Duration.ofSeconds(10);
    static final int MOST = 10_000;

    private record Ref(TenantId tenant, UUID key) {}

    private record Kept(DataKey key, Instant until) {}

    private final Clock clock;
    private final Map<Ref, Kept> entries =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Ref, Kept> eldest) {
                    return size() > MOST;
                }
            };
    private long forgettings;

    KeyCache(Clock clock) {
        this.clock = clock;
    }

    synchronized Optional<DataKey> find(TenantId tenant, UUID key) {
        var entry = entries.get(new Ref(tenant, key));
        return entry != null && clock.instant().isBefore(entry.until())
                ? Optional.of(entry.key())
                : Optional.empty();
    }

    /** Ask before reading a key from the database, and hand the answer to {@link #keep}. */
    synchronized long forgettings() {
        return forgettings;
    }

    /** Keeps a key, unless something was forgotten since: then the row read may be gone by now. */
    synchronized void keep(TenantId tenant, UUID id, DataKey key, long forgettingsBeforeReading) {
        if (forgettings == forgettingsBeforeReading) {
            var ref = new Ref(tenant, id);
            entries.remove(ref); // so that the eldest entry is the one read longest ago
            entries.put(ref, new Kept(key, clock.instant().plus(KEPT)));
        }
    }

    synchronized void forget(TenantId tenant, UUID key) {
        forgettings++;
        entries.remove(new Ref(tenant, key));
    }

    synchronized void forgetAllOf(TenantId tenant) {
        forgettings++;
        entries.keySet().removeIf(ref -> ref.tenant().equals(tenant));
    }
}
