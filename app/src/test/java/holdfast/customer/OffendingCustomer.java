package holdfast.customer;

import holdfast.reservation.holding.Offending;

/** Breaks borders on purpose: customers that know reservations. */
class OffendingCustomer {
    Class<?> reservations = Offending.class;
}
