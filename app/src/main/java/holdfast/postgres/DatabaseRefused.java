package holdfast.postgres;

/** The database of our own cannot be started, for a reason that somebody can do something about. */
public final class DatabaseRefused extends RuntimeException {

    private final String remedy;

    DatabaseRefused(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    /** What to do about it, as a sentence. */
    public String remedy() {
        return remedy;
    }
}
