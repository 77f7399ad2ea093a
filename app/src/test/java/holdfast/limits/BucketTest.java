package holdfast.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

class BucketTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void a_full_one_gives_all_it_has_and_then_no_more() {
        var bucket = new Bucket(2, 3, 0);

        assertThat(bucket.take(0)).isEqualTo(new Bucket.Taken(true, 2, 0, 1));
        assertThat(bucket.take(0)).isEqualTo(new Bucket.Taken(true, 1, 0, 1));
        assertThat(bucket.take(0)).isEqualTo(new Bucket.Taken(true, 0, 1, 2));
        assertThat(bucket.take(0)).isEqualTo(new Bucket.Taken(false, 0, 1, 2));
    }

    @Test
    void tokens_come_back_at_their_pace_and_never_more_than_fit() {
        var bucket = new Bucket(2, 3, 0);
        for (int n = 0; n < 3; n++) {
            bucket.take(0);
        }

        assertThat(bucket.take(SECOND / 2 - 1).given()).isFalse();
        assertThat(bucket.take(SECOND / 2).given()).isTrue();
        assertThat(bucket.take(100 * SECOND).left()).isEqualTo(2);
    }

    @Test
    void whoever_waits_as_long_as_told_is_given_one() {
        var bucket = new Bucket(1, 1, 0);
        bucket.take(0);
        long wait = bucket.take(0).secondsToNext();

        assertThat(bucket.take(wait * SECOND).given()).isTrue();
    }
}
