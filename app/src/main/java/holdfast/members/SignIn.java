package holdfast.members;

import holdfast.catalogue.TenantId;

import org.springframework.stereotype.Component;

/**
 * Lets people in who know their password.
 *
 * <p>Who has no account, a wrong password or a disabled account gets one and the same answer, after
 * the same time.
 */
@Component
class SignIn {

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
    sealed interface Outcome {

        /**
         * @param secret of the new session
         */
        record In(String secret) implements Outcome {

            /** Gives nothing away. */
            @Override
            public String toString() {
                return "In";
            }
        }

        record Wrong() implements Outcome {}

        record TooMany(long secondsToWait) implements Outcome {}
    }

    Outcome signIn(TenantId tenant, String userName, String password, String network) {
        var guess = new Guesses.Guess(tenant, userName, network);
        if (!guesses.mayBeMade(guess)) {
            return new Outcome.TooMany(guesses.secondsToWait());
        }
        var login = members.login(tenant, userName);
        var right =
                passwords.matches(
                        password,
                        login.map(Members.Login::passwordDigest).orElseGet(passwords::nobodys));
        if (!right || login.isEmpty() || login.get().disabled()) {
            return new Outcome.Wrong();
        }
        guesses.wasRight(guess);
        return new Outcome.In(sessions.begin(tenant, login.get().id()));
    }
}
