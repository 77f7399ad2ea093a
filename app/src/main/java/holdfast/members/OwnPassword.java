package holdfast.members;

import holdfast.http.WhoCalls;
import holdfast.members.MemberCommand.RenewPassword;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.stereotype.Component;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Lets people choose a password of their own, once they have shown that they know the old one. */
@Component
public class OwnPassword {

    /** In characters: what is longer is hard to guess, whatever it is made of. */
    public static final int SHORTEST = 12;

    private final Members members;
    private final Passwords passwords;
    private final Guesses guesses;
    private final Providers providers;
    private final SignIn signIn;
    private final CommandGateway commands;

    OwnPassword(
            Members members,
            Passwords passwords,
            Guesses guesses,
            Providers providers,
            SignIn signIn,
            CommandGateway commands) {
        this.members = members;
        this.passwords = passwords;
        this.guesses = guesses;
        this.providers = providers;
        this.signIn = signIn;
        this.commands = commands;
    }

    /** What keeps a password from being changed. */
    public enum Fault {
        /** Too many were wrong lately, so the current one was not looked at. */
        TOO_MANY,
        WRONG,
        SHORT,
        LONG,
        /** It is the current one. */
        SAME,
        /** The second time, something else was typed. */
        DIFFERENT
    }

    /** Whether the person signs in with a password at all, and not by a provider alone. */
    public boolean has(SignedIn who) {
        return digest(who).isPresent();
    }

    /**
     * Takes the new one in place of the current one, signs the person out everywhere, and here in
     * again: the answer carries the cookie of a new session.
     *
     * @return all that is wrong; empty if it was changed
     */
    public Set<Fault> change(
            SignedIn who,
            String current,
            String wanted,
            String again,
            HttpServletRequest request,
            HttpServletResponse response) {
        var faults = faults(current, wanted, again);
        var guess =
                new Guesses.Guess(
                        who.tenant(), who.member().account().userName(), WhoCalls.of(request));
        if (!guesses.mayBeMade(guess)) {
            faults.add(Fault.TOO_MANY);
        } else if (!passwords.matches(current, digest(who).orElseGet(passwords::nobodys))) {
            faults.add(Fault.WRONG);
        } else {
            guesses.wasRight(guess);
        }
        if (faults.isEmpty()) {
            commands.sendAndWait(
                    new RenewPassword(who.tenant(), who.getPrincipal(), passwords.digest(wanted)));
            signIn.begin(who.tenant(), who.getPrincipal(), null, request, response);
        }
        return faults;
    }

    private static Set<Fault> faults(String current, String wanted, String again) {
        var faults = EnumSet.noneOf(Fault.class);
        if (wanted.codePointCount(0, wanted.length()) < SHORTEST) {
            faults.add(Fault.SHORT);
        } else if (wanted.getBytes(StandardCharsets.UTF_8).length > Passwords.MOST_BYTES) {
            faults.add(Fault.LONG);
        } else if (wanted.equals(current)) {
            faults.add(Fault.SAME);
        }
        if (!wanted.equals(again)) {
            faults.add(Fault.DIFFERENT);
        }
        return faults;
    }

    private Optional<String> digest(SignedIn who) {
        return providers.leavePasswords(who.tenant())
                ? members.login(who.tenant(), who.member().account().userName())
                        .flatMap(login -> Optional.ofNullable(login.passwordDigest()))
                : Optional.empty();
    }
}
