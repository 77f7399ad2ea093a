package holdfast.security;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * Sees to it that somebody can operate the installation: the client that {@code
 * HOLDFAST_OPERATOR_ID} and {@code HOLDFAST_OPERATOR_SECRET} name, or one that is made up at the
 * first start.
 */
public final class FirstOperator {

    private static final String USUAL_ID = "operator";

    private final @Nullable Credentials madeUp;

    /**
     * @throws IllegalStateException if the id named belongs to a tenant's client
     */
    FirstOperator(Clients clients, @Nullable String id, @Nullable String secret) {
        var name = id == null || id.isBlank() ? USUAL_ID : id.strip();
        if (secret != null && !secret.isBlank()) {
            if (!clients.putOperator(new Credentials(name, secret))) {
                throw new IllegalStateException(
                        "HOLDFAST_OPERATOR_ID names \"%s\", which is a tenant's client. Choose another id."
                                .formatted(name));
            }
            madeUp = null;
        } else {
            madeUp = clients.hasOperator() ? null : clients.makeUpOperator(name).orElse(null);
        }
    }

    /**
     * The credentials to print, once and for the owner of the console only; empty unless this very
     * start made them up. Whoever misses them sets {@code HOLDFAST_OPERATOR_SECRET} and starts
     * again.
     */
    public Optional<Credentials> madeUp() {
        return Optional.ofNullable(madeUp);
    }
}
