package holdfast.customer;

/**
 * Something personal that only its data key opens. May stand in events, rows and logs; when the key
 * is deleted it stays valid and says nothing any more.
 *
 * @param key the id of the data key; never the key itself
 * @param text the ciphertext, base64url without padding
 */
public record Sealed(String key, String text) {

    /** Always the same word: even a ciphertext's length need not be in a log. */
    @Override
    public String toString() {
        return "sealed";
    }
}
