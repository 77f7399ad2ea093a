package holdfast.postgres;

import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.util.StringUtils;

import java.nio.file.Files;
import java.nio.file.Path;

import javax.sql.DataSource;

/**
 * The database of an installation, for work beside the running application or instead of it.
 *
 * <p>If nobody named another server, it is the one in the folder: the running one, or else one that
 * is started here and stopped on closing. It is never made.
 */
public final class InstalledDatabase implements AutoCloseable {

    private final DataSource dataSource;
    private final @Nullable OwnPostgres started;

    private InstalledDatabase(DataSource dataSource, @Nullable OwnPostgres started) {
        this.dataSource = dataSource;
        this.started = started;
    }

    /** A server that somebody named. */
    public static InstalledDatabase at(
            String url, @Nullable String user, @Nullable String password) {
        return new InstalledDatabase(source(url, user, password), null);
    }

    /**
     * The one in the folder.
     *
     * @throws DatabaseRefused if there is none, or it does not start
     */
    public static InstalledDatabase in(Path home) {
        if (!Files.exists(home.resolve("postgres"))) {
            throw new DatabaseRefused(
                    "There is no database in " + home + ".",
                    "Name its folder with HOLDFAST_HOME, or its server with"
                            + " SPRING_DATASOURCE_URL.");
        }
        var running = OwnPostgres.running(home);
        if (running != null) {
            return at(running.url(), running.user(), running.password());
        }
        var own = OwnPostgres.open(home);
        Runtime.getRuntime().addShutdownHook(new Thread(own::close)); // for Ctrl-C
        return new InstalledDatabase(source(own.url(), own.user(), own.password()), own);
    }

    private static DataSource source(String url, @Nullable String user, @Nullable String password) {
        if (!StringUtils.startsWithIgnoreCase(url, "jdbc:postgresql:")) {
            throw new DatabaseRefused(
                    "This is no address of a PostgreSQL: " + url + ".",
                    "It begins with jdbc:postgresql: .");
        }
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        if (user != null) {
            source.setUser(user);
        }
        if (password != null) {
            source.setPassword(password);
        }
        source.setApplicationName("holdfast maintenance");
        source.setConnectTimeout(10);
        source.setTcpKeepAlive(true);
        source.setLogServerErrorDetail(false); // it quotes rows
        return source;
    }

    /** Gives a new connection each time. */
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public void close() {
        if (started != null) {
            started.close();
        }
    }
}
