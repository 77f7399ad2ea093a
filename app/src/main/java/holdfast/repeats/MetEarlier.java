package holdfast.repeats;

import holdfast.http.Problems;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Ends the work on a request whose key was used before; what it is answered with comes later. */
final class MetEarlier extends ErrorResponseException {

    MetEarlier() {
        super(
                HttpStatus.CONFLICT,
                Problems.problem("idempotency-key-in-use", "The key was used before."),
                null);
    }
}
