package holdfast.scheduling;

import holdfast.catalogue.ResourceTypeId;

import java.util.List;

/**
 * A resource type that a visit needs.
 *
 * @param pools those that may serve it, the first in the document first
 */
record Need(ResourceTypeId type, List<Pool> pools) {}
