package holdfast.eventstore;

import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.jackson3.Jackson3SerializerCustomizer;

/**
 * Writes events as JSON under the names they carry, so that classes may move without breaking
 * history.
 *
 * <p>Strict both ways: an event without a name is not stored, and a stored name that no class
 * carries stops its reader. Both are mistakes that would otherwise show as silently missing events.
 */
final class NamedEventSerializer extends Jackson3Serializer {

    private final EventNames names;

    NamedEventSerializer(EventNames names, Jackson3SerializerCustomizer customizer) {
        super(Jackson3Serializer.builder().jsonMapperBuilderCustomizer(customizer));
        this.names = names;
    }

    @Override
    @SuppressWarnings("rawtypes") // as declared by Axon
    public SerializedType typeForClass(Class type) {
        if (isPartOfAxon(type)) {
            return super.typeForClass(type);
        }
        String name = EventNames.nameOf(type);
        if (name == null) {
            throw new SerializationException(
                    type.getName() + " has no @EventName, so it cannot be stored as an event");
        }
        return new SimpleSerializedType(name, revisionOf(type));
    }

    @Override
    public Class<?> classForType(SerializedType type) {
        Class<?> event = names.classOf(type.getName());
        if (event != null) {
            return event;
        }
        if (type.getName().equals(MetaData.class.getName())
                || SerializedType.emptyType().equals(type)) {
            return super.classForType(type);
        }
        throw new SerializationException("No event is named " + type.getName());
    }

    private static boolean isPartOfAxon(Class<?> type) {
        return type == null
                || type == Void.class
                || type == Void.TYPE
                || MetaData.class.isAssignableFrom(type);
    }

    private static String revisionOf(Class<?> type) {
        Revision revision = type.getAnnotation(Revision.class);
        if (revision == null) {
            throw new SerializationException(type.getName() + " has no @Revision");
        }
        return revision.value();
    }
}
