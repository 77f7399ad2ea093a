package holdfast.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.catalogue.TenantId;
import holdfast.scheduling.ReservationId;
import holdfast.security.RequestDigest;

import org.springframework.stereotype.Component;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Links to appointments. In a link are the appointment's id and a keyed digest of it and its
 * tenant, so making one costs no statement, and who knows an id only has no link.
 */
@Component
class ManageLinks {

    private static final int BYTES_OF_ID = 16;
    private static final int BYTES = 32;

    private final RequestDigest digest;

    ManageLinks(RequestDigest digest) {
        this.digest = digest;
    }

    String tokenOf(TenantId tenant, ReservationId appointment) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(tenant, appointment));
    }

    /** Empty for what this tenant never gave out. */
    Optional<ReservationId> read(TenantId tenant, String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException noToken) {
            return Optional.empty();
        }
        if (bytes.length != BYTES) {
            return Optional.empty();
        }
        var id = ByteBuffer.wrap(bytes);
        var appointment = new ReservationId(new UUID(id.getLong(), id.getLong()));
        return MessageDigest.isEqual(bytes, bytes(tenant, appointment))
                ? Optional.of(appointment)
                : Optional.empty();
    }

    private byte[] bytes(TenantId tenant, ReservationId appointment) {
        var id = ByteBuffer.allocate(BYTES_OF_ID);
        id.putLong(appointment.value().getMostSignificantBits());
        id.putLong(appointment.value().getLeastSignificantBits());
        var sign =
                digest.of("manage-link".getBytes(UTF_8), tenant.text().getBytes(UTF_8), id.array());
        return ByteBuffer.allocate(BYTES)
                .put(id.array())
                .put(Arrays.copyOf(sign, BYTES - BYTES_OF_ID))
                .array();
    }
}
