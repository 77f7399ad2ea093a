package holdfast.testing;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One running application on a test database and a port of its own. */
public final class TestNode implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private TestNode(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts an application and waits until it is ready.
     *
     * @param properties such as {@code "holdfast.look-again=1h"}
     */
    public static TestNode start(
            Class<?> application, TestDatabase database, String... properties) {
        return start(List.of(application), on(database, properties));
    }

    private static List<String> on(TestDatabase database, String... properties) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "spring.datasource.url=" + database.url(),
                                "spring.datasource.username=" + database.user(),
                                "spring.datasource.password=" + database.password()));
        arguments.addAll(List.of(properties));
        return arguments;
    }

    /**
     * The same, with beans of the test's own beside those of the application.
     *
     * @param more a configuration
     */
    public static TestNode start(
            Class<?> application, Class<?> more, TestDatabase database, String... properties) {
        return start(List.of(application, more), on(database, properties));
    }

    /** Starts an application that has to bring its own database, in a folder. */
    public static TestNode startAlone(Class<?> application, Path home) {
        return start(List.of(application), List.of("holdfast.home=" + home));
    }

    private static TestNode start(List<Class<?>> sources, List<String> properties) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("server.port", "0");
        settings.put("spring.jmx.enabled", "false");
        for (String property : properties) {
            int equals = property.indexOf('=');
            settings.put(property.substring(0, equals), property.substring(equals + 1));
        }
        String[] arguments =
                settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new);
        return new TestNode(
                new SpringApplicationBuilder(sources.toArray(Class<?>[]::new)).run(arguments));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Where it answers, without a slash at the end. */
    public String url() {
        return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
    }

    @Override
    public void close() {
        context.close();
    }
}
