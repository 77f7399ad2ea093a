package holdfast.members;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import holdfast.catalogue.TenantId;

import org.springframework.stereotype.Component;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts wrong passwords, on this node, so that nobody tries many.
 *
 * <p>By name and network together first, so that a stranger who guesses does not keep the person
 * out. Names that nobody has are counted alike.
 */
@Component
class Guesses {

    private static final int MOST = 100_000;
    private static final int ALONE = 4;

    private final SignInSettings settings;
    private final Cache<String, AtomicInteger> counts;

    Guesses(SignInSettings settings) {
        this.settings = settings;
        this.counts =
                Caffeine.newBuilder()
                        .maximumSize(MOST)
                        .expireAfterWrite(settings.guessesEvery())
                        .build();
    }

    /** Whose guess it is, and at what. */
    record Guess(TenantId tenant, String userName, String network) {

        private String name() {
            return tenant + "\n" + Members.sameFor(userName);
        }
    }

    /** Whether one more may be looked at; it counts as wrong until {@link #wasRight}. */
    boolean mayBeMade(Guess guess) {
        var all = countsOf(guess);
        boolean few =
                all.getFirst().get() < settings.guesses()
                        && all.stream().allMatch(count -> count.get() < settings.guesses() * ALONE);
        if (few) {
            all.forEach(AtomicInteger::incrementAndGet);
        }
        return few;
    }

    void wasRight(Guess guess) {
        countsOf(guess).forEach(AtomicInteger::decrementAndGet);
    }

    long secondsToWait() {
        return settings.guessesEvery().toSeconds();
    }

    private List<AtomicInteger> countsOf(Guess guess) {
        return List.of(
                count("both\n" + guess.network() + "\n" + guess.name()),
                count("network\n" + guess.network()),
                count("name\n" + guess.name()));
    }

    private AtomicInteger count(String key) {
        return counts.get(key, _ -> new AtomicInteger());
    }
}
