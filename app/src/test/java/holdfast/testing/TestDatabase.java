package holdfast.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

/**
 * An empty database with the application's schema.
 *
 * <p>One server per JVM, in a container where Docker runs and as a process elsewhere; each database
 * is a copy of one that was migrated once.
 */
public record TestDatabase(String url, String user, String password) {

    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger COUNT = new AtomicInteger();

    public static TestDatabase fresh() {
        String name = "test_" + COUNT.incrementAndGet();
        Server.HOLDER.execute("create database " + name + " template " + TEMPLATE);
        return Server.HOLDER.database(name);
    }

    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    public JdbcClient sql() {
        return JdbcClient.create(dataSource());
    }

    private record Server(String host, int port, String user, String password) {

        static final Server HOLDER = start();

        private static Server start() {
            Server server = hasDocker() ? inContainer() : asProcess();
            server.execute("create database " + TEMPLATE);
            Flyway.configure().dataSource(server.database(TEMPLATE).dataSource()).load().migrate();
            return server;
        }

        private static boolean hasDocker() {
            return (System.getenv("DOCKER_HOST") != null
                            || Files.exists(Path.of("/var/run/docker.sock")))
                    && DockerClientFactory.instance().isDockerAvailable();
        }

        @SuppressWarnings("resource") // stopped with the JVM
        private static Server inContainer() {
            PostgreSQLContainer container = new PostgreSQLContainer("postgres:18");
            container.withCommand("postgres", "-c", "max_connections=300", "-c", "fsync=off");
            container.start();
            return new Server(
                    container.getHost(),
                    container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                    container.getUsername(),
                    container.getPassword());
        }

        @SuppressWarnings("resource") // stopped with the JVM
        private static Server asProcess() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                return new Server("localhost", postgres.getPort(), "postgres", "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        TestDatabase database(String name) {
            String url = "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
            return new TestDatabase(url, user, password);
        }

        void execute(String sql) {
            TestDatabase admin = database("postgres");
            try (Connection connection = DriverManager.getConnection(admin.url(), user, password);
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
