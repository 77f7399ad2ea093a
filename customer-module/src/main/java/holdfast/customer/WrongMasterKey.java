package holdfast.customer;

/**
 * The application must not start: its master key is missing, unreadable, or not the one its
 * database was sealed with. The message says what to do and holds no part of a key.
 */
public final class WrongMasterKey extends RuntimeException {

    WrongMasterKey(String message) {
        super(message, null, false, false);
    }
}
