package holdfast.scheduling;

import holdfast.reservation.holding.Offending;

import java.sql.Connection;
import java.time.Instant;

/** Breaks borders on purpose: an engine that knows SQL, reservations, and what time it is. */
class OffendingEngine {
    Class<?> sql = Connection.class;
    Class<?> reservations = Offending.class;
    Instant now = Instant.now();
}
