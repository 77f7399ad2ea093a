package holdfast.reports;

import holdfast.scheduling.VisitWish;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody wanted a visit.
 *
 * @param id tells demands apart
 * @param askedAt when
 * @param until when they gave their places back; null: they kept them
 */
record Demanded(UUID id, VisitWish wish, Instant start, Instant askedAt, @Nullable Instant until) {}
