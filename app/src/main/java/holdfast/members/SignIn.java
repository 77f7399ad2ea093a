package holdfast.members;

import holdfast.catalogue.TenantId;
import holdfast.http.WhoCalls;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;

/**
 * Lets people in who know their password.
 *
 * <p>Who has no account, a wrong password or a disabled account gets one and the same answer, after
 * the same time.
 */
@Component
public class SignIn {

    private final Members members;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Guesses guesses;

    SignIn(Members members, Passwords passwords, Sessions sessions, Guesses guesses) {
        this.members = members;
        this.passwords = passwords;
        this.sessions = sessions;
        this.guesses = guesses;
    }

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
        var login = members.login(tenant, userName);
        var right =
                passwords.matches(
                        password,
                        login.map(Members.Login::passwordDigest).orElseGet(passwords::nobodys));
        if (!right || login.isEmpty() || login.get().disabled()) {
            return Outcome.WRONG;
        }
        guesses.wasRight(guess);
        endAll(request);
        SessionCookie.set(tenant, sessions.begin(tenant, login.get().id()), request, response);
        return Outcome.SIGNED_IN;
    }

    public void signOut(TenantId tenant, HttpServletRequest request, HttpServletResponse response) {
        endAll(request);
        SessionCookie.forget(tenant, request, response);
    }

    /** How long whoever guessed too often has to wait. */
    public long secondsToWait() {
        return guesses.secondsToWait();
    }

    private void endAll(HttpServletRequest request) {
        SessionCookie.secretsIn(request).forEach(sessions::end);
    }
}
