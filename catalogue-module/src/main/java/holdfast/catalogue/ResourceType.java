package holdfast.catalogue;

/** A kind of resource: desks, rooms, registrars. A service says which kinds it needs. */
public record ResourceType(ResourceTypeId id, LocalizedText name) {}
