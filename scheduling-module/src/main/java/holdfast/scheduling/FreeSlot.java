package holdfast.scheduling;

import holdfast.catalogue.ResourceId;

import java.time.Instant;
import java.util.List;

/**
 * A start that can be booked.
 *
 * @param end exclusive; without buffers
 * @param placesLeft how many more such visits fit; positive
 * @param freeResources those the customer may choose from here, pool by pool in the order of their
 *     positions; empty where the service leaves no choice
 */
public record FreeSlot(
        Instant start, Instant end, int placesLeft, List<ResourceId> freeResources) {}
