package holdfast.members;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;
import java.util.List;

/**
 * How long somebody stays signed in, and how often they may guess.
 *
 * @param idle from the last click on
 * @param atMost from signing in on, whatever happens
 * @param guesses at one name from one network in {@code guessesEvery}, before the next is refused
 *     unlooked, on all nodes together; four times as many from a network at all names, or at a name
 *     from everywhere
 * @param providers who else may sign people in
 */
@ConfigurationProperties("holdfast.sign-in")
record SignInSettings(
        @DefaultValue("30m") Duration idle,
        @DefaultValue("12h") Duration atMost,
        @DefaultValue("5") int guesses,
        @DefaultValue("5m") Duration guessesEvery,
        @DefaultValue List<ProviderSettings> providers) {}
