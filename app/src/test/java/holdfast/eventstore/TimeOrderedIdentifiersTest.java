package holdfast.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import org.axonframework.common.IdentifierFactory;
import org.junit.jupiter.api.Test;

import java.util.UUID;
import java.util.stream.Stream;

class TimeOrderedIdentifiersTest {

    private final TimeOrderedIdentifiers identifiers = new TimeOrderedIdentifiers();

    @Test
    void axon_uses_them() {
        assertThat(IdentifierFactory.getInstance()).isInstanceOf(TimeOrderedIdentifiers.class);
    }

    @Test
    void a_later_one_sorts_after_an_earlier_one() {
        assertThat(Stream.of(1L, 255L, 256L, 1_800_000_000_000L).map(identifiers::at))
                .extracting(UUID::toString)
                .isSorted();
    }

    @Test
    void they_are_of_version_seven_and_never_the_same() {
        UUID one = identifiers.at(42);
        assertThat(one.version()).isEqualTo(7);
        assertThat(one.variant()).isEqualTo(2);
        assertThat(one).isNotEqualTo(identifiers.at(42));
    }
}
