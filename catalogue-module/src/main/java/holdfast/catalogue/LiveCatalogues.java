package holdfast.catalogue;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * All catalogues, folded from their events and swapped whole: a reader holds one unchanging picture
 * and never waits.
 *
 * <p>What this node commits it shows before the caller has its answer. What other nodes commit it
 * hears of through the log, in any order and as often as that may be: the sequence number in the
 * tenant's stream tells what is new, and what is missing is read from the store.
 */
@ProcessingGroup(WithTheEvent.GROUP)
public final class LiveCatalogues implements Catalogues {

    private static final Logger LOG = LoggerFactory.getLogger(LiveCatalogues.class);
    private static final String PENDING = LiveCatalogues.class.getName();
    private static final long NOTHING = -1;

    private final EventStorageEngine store;
    private final Supplier<List<String>> streams;
    private final Map<TenantId, Catalogue> live = new ConcurrentHashMap<>();

    /** An event and its place in its tenant's stream, from 0. */
    record Numbered(CatalogueEvent event, long sequence) {}

    /**
     * @param streams the identifiers of all catalogue streams there are
     */
    LiveCatalogues(EventStorageEngine store, Supplier<List<String>> streams) {
        this.store = store;
        this.streams = streams;
    }

    @Override
    public Optional<Catalogue> find(TenantId tenant) {
        return Optional.ofNullable(live.get(tenant));
    }

    @Override
    public Collection<Catalogue> all() {
        return List.copyOf(live.values());
    }

    /** Reads every catalogue from the store; once, before anybody asks. */
    void load() {
        var start = System.nanoTime();
        for (var stream : streams.get()) {
            apply(read(stream, 0));
        }
        LOG.info("{} catalogues loaded in {} ms", live.size(), millisSince(start));
    }

    /** Collects the events of a unit of work, so that they are shown together or not at all. */
    @EventHandler
    void on(CatalogueEvent event, @SequenceNumber Long sequence, UnitOfWork<?> unitOfWork) {
        var root = unitOfWork.root();
        List<Numbered> pending = root.getResource(PENDING);
        if (pending == null) {
            var collected = new ArrayList<Numbered>();
            root.resources().put(PENDING, collected);
            root.afterCommit(_ -> apply(collected));
            pending = collected;
        }
        pending.add(new Numbered(event, sequence));
    }

    /** Shows what these events say, as far as they are not shown yet. */
    void apply(List<Numbered> events) {
        var byTenant = new LinkedHashMap<TenantId, List<Numbered>>();
        for (var event : events) {
            byTenant.computeIfAbsent(event.event().tenant(), _ -> new ArrayList<>()).add(event);
        }
        byTenant.forEach(this::apply);
    }

    /**
     * Shows all that the store has of the tenant, unless the event of this number is shown already.
     *
     * <p>The store and not the events as they come: a log is read in batches, and a batch that ends
     * inside a commit would show half a document.
     */
    synchronized void catchUp(TenantId tenant, long sequence) {
        var shown = live.get(tenant);
        var revision = shown == null ? NOTHING : shown.revision();
        if (sequence > revision) {
            apply(tenant, read(TenantCatalogue.streamOf(tenant), revision + 1));
        }
    }

    // One at a time: two commits of one tenant may arrive here side by side and in either order.
    private synchronized void apply(TenantId tenant, List<Numbered> events) {
        var start = System.nanoTime();
        var shown = live.get(tenant);
        var revision = shown == null ? NOTHING : shown.revision();
        var next = unbroken(events, revision);
        if (next == null) {
            next = read(TenantCatalogue.streamOf(tenant), revision + 1);
        }
        if (next.isEmpty()) {
            return;
        }
        var content =
                shown == null ? new CatalogueContent() : CatalogueContent.of(shown.document());
        next.forEach(event -> content.apply(event.event()));
        var catalogue = new CatalogueSnapshot(content.document(), next.getLast().sequence());
        live.put(tenant, catalogue);
        LOG.info(
                "Catalogue of {} is live at revision {}: {} events in {} ms",
                tenant,
                catalogue.revision(),
                next.size(),
                millisSince(start));
    }

    /** Those after {@code revision}, in order; null if some in between are missing. */
    private static @Nullable List<Numbered> unbroken(List<Numbered> events, long revision) {
        var next = new ArrayList<Numbered>();
        events.stream()
                .filter(event -> event.sequence() > revision)
                .sorted(Comparator.comparingLong(Numbered::sequence))
                .forEach(
                        event -> {
                            if (next.isEmpty() || next.getLast().sequence() != event.sequence()) {
                                next.add(event);
                            }
                        });
        var broken = !next.isEmpty() && next.getLast().sequence() != revision + next.size();
        return broken ? null : next;
    }

    private List<Numbered> read(String stream, long from) {
        var events = store.readEvents(stream, from);
        var read = new ArrayList<Numbered>();
        while (events.hasNext()) {
            var event = events.next();
            read.add(new Numbered((CatalogueEvent) event.getPayload(), event.getSequenceNumber()));
        }
        return read;
    }

    private static long millisSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
}
