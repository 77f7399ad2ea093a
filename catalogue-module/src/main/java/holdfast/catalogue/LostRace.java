package holdfast.catalogue;

import org.springframework.dao.ConcurrencyFailureException;

/**
 * Another transaction came first, and nothing of this one was stored. Done again, it sees what the
 * other one did.
 */
public final class LostRace extends ConcurrencyFailureException {

    public LostRace(String message) {
        super(message);
    }

    public LostRace(String message, Throwable cause) {
        super(message, cause);
    }
}
