package holdfast.catalogue;

import java.util.List;

/** A heading under which services are listed; {@code index} is the order of display. */
public record ServiceGroup(
        ServiceGroupId id, LocalizedText name, int index, List<ServiceId> services) {}
