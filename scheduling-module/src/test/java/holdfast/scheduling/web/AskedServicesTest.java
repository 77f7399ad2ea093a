package holdfast.scheduling.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import holdfast.catalogue.Refused;
import holdfast.catalogue.ServiceId;
import holdfast.scheduling.SchedulingRefusal.UnclearQuery;
import holdfast.scheduling.ServiceCount;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** What {@code serviceId=…&serviceId=…} asks for. */
class AskedServicesTest {

    private static List<ServiceCount> read(@Nullable Integer sum, String... texts) {
        // one service that looks like another one twice
        return AskedServices.read(texts, sum, ServiceId.of("odd:2")::equals);
    }

    private static String unclear(@Nullable Integer sum, String... texts) {
        var refused = catchThrowableOfType(Refused.class, () -> read(sum, texts));
        return ((UnclearQuery) refused.reason()).fault().pointer();
    }

    @ParameterizedTest
    @CsvSource({
        "photo, photo=1",
        "photo passport, passport=1 photo=1",
        "passport photo, passport=1 photo=1",
        "photo photo, photo=2",
        "photo:2, photo=2",
        "photo photo:2 passport, passport=1 photo=3",
        "odd:2, odd:2=1",
        "odd:2:3, odd:2=3",
        "odd:2 odd:3, odd=3 odd:2=1",
        "urn:photo, urn:photo=1",
        "photo:, photo:=1",
        "photo:0, photo=0",
        "photo:-1 photo:3, photo=0",
        "photo:999999999 photo:999999999 photo:999999999, photo=2147483647",
        "photo:9999999999, photo:9999999999=1"
    })
    void each_service_is_wanted_as_often_as_it_is_named(String texts, String counts) {
        assertThat(read(null, texts.split(" ")))
                .extracting(count -> count.service() + "=" + count.numberOfReservations())
                .containsExactly(counts.split(" "));
    }

    @Test
    void the_sum_must_be_the_sum() {
        assertThat(read(3, "photo", "passport:2")).hasSize(2);
        assertThat(unclear(2, "photo", "passport:2")).isEqualTo("numberOfReservations");
        assertThat(unclear(4, "photo", "passport:2")).isEqualTo("numberOfReservations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a b:2"})
    void what_cannot_be_an_id_cannot_be_read(String text) {
        assertThat(unclear(null, text)).isEqualTo("serviceId");
    }
}
