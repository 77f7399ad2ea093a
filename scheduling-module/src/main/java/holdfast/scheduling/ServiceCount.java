package holdfast.scheduling;

import holdfast.catalogue.ServiceId;

/** One service of a visit and how often it is wanted; {@code numberOfReservations} is 1 or more. */
public record ServiceCount(ServiceId service, int numberOfReservations) {}
