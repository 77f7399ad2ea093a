package holdfast.postgres;

import java.nio.file.Path;

/** A process that opens a database and is gone at once, as if it had been killed. */
final class Abandoned {

    private Abandoned() {}

    @SuppressWarnings("resource") // that is the point
    public static void main(String[] arguments) {
        System.out.println(OwnPostgres.open(Path.of(arguments[0])).pid());
        Runtime.getRuntime().halt(137);
    }
}
