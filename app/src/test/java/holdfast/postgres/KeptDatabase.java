package holdfast.postgres;

import java.nio.file.Path;

/** The program's own PostgreSQL, durable as shipped, for whoever needs it without the program. */
public final class KeptDatabase implements AutoCloseable {

    private final OwnPostgres server;

    private KeptDatabase(OwnPostgres server) {
        this.server = server;
    }

    /** Starts the server of this folder, and makes both where there are none. */
    public static KeptDatabase open(Path home) {
        return new KeptDatabase(OwnPostgres.open(home));
    }

    /** Of the database that the program uses; its last part is the database's name. */
    public String url() {
        return server.url();
    }

    public String user() {
        return server.user();
    }

    public String password() {
        return server.password();
    }

    @Override
    public void close() {
        server.close();
    }
}
