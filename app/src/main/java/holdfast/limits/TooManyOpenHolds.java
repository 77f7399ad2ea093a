package holdfast.limits;

import holdfast.http.Problems;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

import java.time.Duration;

/** The caller has as many open holds as one caller may have. */
final class TooManyOpenHolds extends ErrorResponseException {

    /**
     * @param untilOneEnds by itself, if nobody confirms it or gives it back
     */
    TooManyOpenHolds(int most, Duration untilOneEnds) {
        super(
                HttpStatus.TOO_MANY_REQUESTS,
                Problems.problem("too-many-open-holds", "One caller may have %d open holds.", most),
                null);
        var seconds = Math.max(1, untilOneEnds.plusMillis(999).toSeconds());
        getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }
}
