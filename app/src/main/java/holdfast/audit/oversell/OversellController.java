package holdfast.audit.oversell;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refuses;
import holdfast.reservation.OversellProof.PeakUse;
import holdfast.reservation.Verification;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;

/** Whether anything was ever given twice. */
@RestController
@Tag(name = "Audit")
class OversellController {

    private final OversellProofs proofs;

    OversellController(OversellProofs proofs) {
        this.proofs = proofs;
    }

    /**
     * @param holds whether no place was ever given twice, and no stream is broken
     * @param events of the tenant's reservations
     * @param faultCount all there are; {@code faults} names the first of them
     */
    record ProofView(
            boolean holds,
            long events,
            long reservations,
            List<PeakView> peaks,
            long faultCount,
            List<FaultView> faults) {}

    /**
     * The most that was ever taken of a pool or a named resource at one instant.
     *
     * @param places the id of the pool or resource
     * @param capacity how many places there were when the peak was reached
     * @param at the instant of the visit
     */
    record PeakView(String places, int capacity, int peak, OffsetDateTime at) {

        static PeakView of(PeakUse use, ZoneId zone) {
            return new PeakView(
                    use.places(),
                    use.capacity(),
                    use.peak(),
                    use.at().atZone(zone).toOffsetDateTime());
        }
    }

    /**
     * @param stream a reservation's id, or another stream
     * @param rule that is broken
     */
    record FaultView(String stream, String rule, String detail) {}

    @GetMapping(path = "/audit/v1/no-oversell", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "proveNoOversell",
            summary = "The most that was ever taken of each pool and resource",
            description =
                    "Folds the whole log, not the ledger: a claim that exceeds its capacity, a"
                        + " capacity that never was, a broken order and a missing event are named"
                        + " (the first "
                            + Verification.NAMED
                            + ").")
    @Refuses("overloaded")
    ProofView prove(Catalogue catalogue) throws SQLException {
        var tenant = catalogue.tenant();
        var result = proofs.prove(tenant.id());
        return new ProofView(
                result.holds(),
                result.events(),
                result.reservations(),
                result.peaks().stream().map(use -> PeakView.of(use, tenant.timeZone())).toList(),
                result.differences(),
                result.named().stream()
                        .map(it -> new FaultView(it.reservation(), it.what(), it.log()))
                        .toList());
    }
}
