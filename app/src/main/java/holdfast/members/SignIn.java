package holdfast.members;

import holdfast.catalogue.TenantId;
import holdfast.http.WhoCalls;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

import java.net.URI;
import java.util.Optional;

/**
 * Lets people in who know their password.
 *
 * <p>Who has no account, a wrong password or a disabled account gets one and the same answer, after
 * the same time.
 */
@Component
public class SignIn {

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

    private final Members members;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Guesses guesses;
    private final Providers providers;

    SignIn(
            Members members,
            Passwords passwords,
            Sessions sessions,
            Guesses guesses,
            Providers providers) {
        this.members = members;
        this.passwords = passwords;
        this.sessions = sessions;
        this.guesses = guesses;
        this.providers = providers;
    }

    /** Whose page signs the person out of what they were signed in by. */
    public record Elsewhere(String title, URI page) {}

    /** What came of it. */
    public enum Outcome {
        SIGNED_IN,
        WRONG,
        /** Too many were wrong lately, so this one was not looked at. */
        TOO_MANY
    }

    /** Signs in whoever knows the password; the answer carries the cookie of a new session. */
    public Outcome signIn(
            TenantId tenant,
            String userName,
            String password,
            HttpServletRequest request,
            HttpServletResponse response) {
        var guess = new Guesses.Guess(tenant, userName, WhoCalls.of(request));
        if (!guesses.mayBeMade(guess)) {
            return Outcome.TOO_MANY;
        }
        var login =
                providers.leavePasswords(tenant)
                        ? members.login(tenant, userName)
                        : Optional.<Members.Login>empty();
        var right =
                passwords.matches(
                        password,
                        login.map(Members.Login::passwordDigest).orElseGet(passwords::nobodys));
        if (!right || login.isEmpty() || login.get().disabled()) {
            return Outcome.WRONG;
        }
        guesses.wasRight(guess);
        begin(tenant, login.get().id(), null, request, response);
        return Outcome.SIGNED_IN;
    }

    /** Whether the tenant's staff may sign in with a password at all. */
    public boolean takesPasswords(TenantId tenant) {
        return providers.leavePasswords(tenant);
    }

    /** Ends the old session and begins a new one. */
    void begin(
            TenantId tenant,
            MemberId member,
            @Nullable String provider,
            HttpServletRequest request,
            HttpServletResponse response) {
        endAll(request);
        SessionCookie.set(tenant, sessions.begin(tenant, member, provider), request, response);
    }

    /**
     * Ends the session here.
     *
     * @param back where a provider may lead the browser afterwards
     * @return the provider that has to sign the person out, too; empty if there is none
     */
    public Optional<Elsewhere> signOut(
            TenantId tenant,
            String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        var provider = endAll(request);
        SessionCookie.forget(tenant, request, response);
        return provider.flatMap(name -> providers.find(tenant, name))
                .flatMap(each -> leave(each, back));
    }

    private static Optional<Elsewhere> leave(Provider provider, String back) {
        try {
            return provider.signingOut(back).map(page -> new Elsewhere(provider.title(), page));
        } catch (ProviderFailed failed) {
            LOG.warn("{}", failed.getMessage());
            return Optional.empty();
        }
    }

    /** How long whoever guessed too often has to wait. */
    public long secondsToWait() {
        return guesses.secondsToWait();
    }

    private Optional<String> endAll(HttpServletRequest request) {
        return SessionCookie.secretsIn(request).toList().stream()
                .flatMap(secret -> sessions.end(secret).stream())
                .reduce((first, next) -> first);
    }
}
