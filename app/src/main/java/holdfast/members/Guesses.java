package holdfast.members;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.catalogue.TenantId;
import holdfast.security.RequestDigest;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts wrong passwords in the table {@code sign_in_guess}, for all nodes together, so that nobody
 * tries many.
 *
 * <p>By name and network together first, so that a stranger who guesses does not keep the person
 * out. Names that nobody has are counted alike.
 */
@Component
class Guesses {

    private static final int ALONE = 4;

    private final JdbcClient jdbc;
    private final RequestDigest digest;
    private final Clock clock;
    private final SignInSettings settings;

    Guesses(JdbcClient jdbc, RequestDigest digest, Clock clock, SignInSettings settings) {
        this.jdbc = jdbc;
        this.digest = digest;
        this.clock = clock;
        this.settings = settings;
    }

    /** Whose guess it is, and at what. */
    record Guess(TenantId tenant, String userName, String network) {

        private String name() {
            return tenant + "\n" + Members.sameFor(userName);
        }
    }

    /** How often something may be guessed at, and under which digest that is counted. */
    private static final class Count {

        private final byte[] digest;
        private final int most;

        private Count(byte[] digest, int most) {
            this.digest = digest;
            this.most = most;
        }
    }

    /** Whether one more may be looked at; it counts as wrong until {@link #wasRight}. */
    boolean mayBeMade(Guess guess) {
        forgetOld();
        var counted = new ArrayList<byte[]>();
        // Counted first and looked at then: of many at once, no more than may be get through.
        for (var each : countsOf(guess)) {
            counted.add(each.digest);
            if (oneMore(each.digest) > each.most) {
                counted.forEach(this::takeBack);
                return false;
            }
        }
        return true;
    }

    void wasRight(Guess guess) {
        countsOf(guess).forEach(each -> takeBack(each.digest));
    }

    long secondsToWait() {
        return settings.guessesEvery().toSeconds();
    }

    private List<Count> countsOf(Guess guess) {
        int few = settings.guesses();
        int many = few * ALONE;
        return List.of(
                count("both", guess.network() + "\n" + guess.name(), few),
                count("network", guess.network(), many),
                count("name", guess.name(), many));
    }

    private Count count(String kind, String text, int most) {
        return new Count(
                digest.of(
                        "staff guess".getBytes(UTF_8), kind.getBytes(UTF_8), text.getBytes(UTF_8)),
                most);
    }

    /**
     * @return how many there are with this one
     */
    private int oneMore(byte[] digest) {
        var now = clock.instant();
        return jdbc.sql(
                        """
                        insert into sign_in_guess as known (digest, made, ends_at)
                        values (:digest, 1, :end)
                        on conflict (digest) do update set
                            made = case when known.ends_at > :now then known.made + 1 else 1 end,
                            ends_at = case when known.ends_at > :now then known.ends_at else :end end
                        returning made
                        """)
                .param("digest", digest)
                .param("now", at(now))
                .param("end", at(now.plus(settings.guessesEvery())))
                .query(Integer.class)
                .single();
    }

    private void takeBack(byte[] digest) {
        jdbc.sql("update sign_in_guess set made = made - 1 where digest = :digest and made > 0")
                .param("digest", digest)
                .update();
    }

    private void forgetOld() {
        jdbc.sql("delete from sign_in_guess where ends_at <= :now")
                .param("now", at(clock.instant()))
                .update();
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
