package holdfast.members;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a browser has to bring back from a provider, so that nobody can be signed in by an answer to
 * somebody else's question. It is kept in the browser alone.
 *
 * @param state is in the answer's address
 * @param nonce is in the answer's token, as its digest
 * @param verifier is what the code can be exchanged with
 * @param next the page that was asked for
 */
record Errand(String state, String nonce, String verifier, String next) {

    private static final int PARTS = 4;

    /** For a cookie. */
    String text() {
        return Stream.of(state, nonce, verifier, next)
                .map(
                        part ->
                                Base64.getUrlEncoder()
                                        .withoutPadding()
                                        .encodeToString(part.getBytes(UTF_8)))
                .collect(Collectors.joining("."));
    }

    /** Empty if {@link #text} did not write it. */
    static Optional<Errand> of(String text) {
        try {
            var parts =
                    Stream.of(text.split("\\.", -1))
                            .map(part -> new String(Base64.getUrlDecoder().decode(part), UTF_8))
                            .toList();
            return parts.size() == PARTS
                    ? Optional.of(
                            new Errand(parts.get(0), parts.get(1), parts.get(2), parts.get(3)))
                    : Optional.empty();
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "Errand[sealed]";
    }
}
