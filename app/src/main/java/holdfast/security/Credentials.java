package holdfast.security;

/**
 * What a client shows to get a token. The secret exists here only: it is stored as a digest.
 *
 * @param id letters, digits, dot, hyphen and underscore; at most 100
 */
public record Credentials(String id, String secret) {

    /** Without the secret, so that no log has it by accident. */
    @Override
    public String toString() {
        return id;
    }
}
