package holdfast.catalogue;

import holdfast.http.OffendingPart;
import holdfast.reservation.holding.Offending;

/**
 * Breaks borders on purpose: the catalogue knows reservations, their inside, and the application.
 */
class OffendingCatalogue {
    Class<?> reservations = Offending.class;
    Class<?> application = OffendingPart.class;
}
