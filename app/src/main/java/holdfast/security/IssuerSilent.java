package holdfast.security;

import org.springframework.security.core.AuthenticationException;

/** A token cannot be checked just now: its issuer does not say what its keys are. */
final class IssuerSilent extends AuthenticationException {

    IssuerSilent(String issuer, Throwable cause) {
        super("The issuer %s does not answer".formatted(issuer), cause);
    }
}
