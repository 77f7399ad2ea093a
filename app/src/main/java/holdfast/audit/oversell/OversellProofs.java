package holdfast.audit.oversell;

import holdfast.catalogue.TenantId;
import holdfast.http.Problems;
import holdfast.reservation.OversellProof;
import holdfast.reservation.Progress;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

import java.sql.SQLException;
import java.util.concurrent.Semaphore;

import javax.sql.DataSource;

/** Proves one at a time on a node: each proof reads the whole log. */
@Component
public class OversellProofs {

    private static final String SECONDS_TO_WAIT = "10";

    private final DataSource database;
    private final Semaphore turn = new Semaphore(1);

    OversellProofs(DataSource database) {
        this.database = database;
    }

    /**
     * Reads the log of a tenant from its beginning.
     *
     * @throws ErrorResponseException if another proof is being made
     */
    public OversellProof.Result prove(TenantId tenant) throws SQLException {
        if (!turn.tryAcquire()) {
            var busy =
                    new ErrorResponseException(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            Problems.problem("overloaded", "Another proof is being made."),
                            null);
            busy.getHeaders().set(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT);
            throw busy;
        }
        try {
            return OversellProof.of(database, tenant).run(Progress.UNHEARD);
        } finally {
            turn.release();
        }
    }
}
