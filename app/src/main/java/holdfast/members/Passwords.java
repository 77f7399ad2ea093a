package holdfast.members;

import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes passwords up, digests them slowly, and compares. */
@Component
class Passwords {

    /** No letters that look alike, so that it can be read out and typed. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int GROUPS = 5;
    private static final int LETTERS_OF_A_GROUP = 4;

    /** The algorithm reads no more; what is longer is nobody's password. */
    static final int MOST_BYTES = 72;

    private final SecureRandom random = new SecureRandom();
    private final BCryptPasswordEncoder encoder = new BCryptPasswordEncoder();
    private final String nobodys = digest(madeUp());

    /** Nearly a hundred random bits, in groups of four. */
    String madeUp() {
        return IntStream.range(0, GROUPS)
                .mapToObj(group -> group())
                .collect(Collectors.joining("-"));
    }

    private String group() {
        return random.ints(LETTERS_OF_A_GROUP, 0, LETTERS.length())
                .mapToObj(letter -> LETTERS.substring(letter, letter + 1))
                .collect(Collectors.joining());
    }

    String digest(String password) {
        return String.valueOf(encoder.encode(password));
    }

    boolean matches(String password, String digest) {
        return password.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
                && encoder.matches(password, digest);
    }

    /** A digest that no password has: comparing with it takes as long as with a real one. */
    String nobodys() {
        return nobodys;
    }
}
