package holdfast.eventstore;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.slf4j.MDC;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Whose request it was: the keys {@code tenant}, {@code actor} and {@code requestId}, from the
 * logging context of the thread that sends a command, through the command, to every event that
 * comes of it. A command that nobody asked for brings them along.
 */
final class RequestOrigin
        implements CorrelationDataProvider, MessageDispatchInterceptor<CommandMessage<?>> {

    private static final List<String> KEYS = List.of("tenant", "actor", "requestId");

    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
            List<? extends CommandMessage<?>> commands) {
        return (index, command) -> command.andMetaData(missingFrom(command));
    }

    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        Map<String, Object> origin = new HashMap<>();
        for (String key : KEYS) {
            Object value = message.getMetaData().get(key);
            if (value != null) {
                origin.put(key, value);
            }
        }
        return origin;
    }

    private static Map<String, String> missingFrom(CommandMessage<?> command) {
        Map<String, String> origin = new HashMap<>();
        for (String key : KEYS) {
            String value = MDC.get(key);
            if (value != null && !command.getMetaData().containsKey(key)) {
                origin.put(key, value);
            }
        }
        return origin;
    }
}
