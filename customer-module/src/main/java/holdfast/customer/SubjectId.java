package holdfast.customer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/**
 * Whom or what a data key belongs to: a customer, or a reservation whose customer is not known yet.
 *
 * <p>The kind is part of the text, so that a customer and a reservation with the same UUID never
 * share a key.
 */
public record SubjectId(@JsonValue String text) {

    private static final String CUSTOMER = "customer:";
    private static final String RESERVATION = "reservation:";

    public SubjectId {
        if (!text.startsWith(CUSTOMER) && !text.startsWith(RESERVATION)) {
            throw new IllegalArgumentException("Neither a customer nor a reservation: " + text);
        }
    }

    /** Reads what {@link #toString()} wrote. */
    @JsonCreator
    public static SubjectId of(String text) {
        return new SubjectId(text);
    }

    public static SubjectId customer(CustomerId customer) {
        return new SubjectId(CUSTOMER + customer);
    }

    /** For what is known of a visit before anybody has confirmed it. */
    public static SubjectId reservation(UUID reservation) {
        return new SubjectId(RESERVATION + reservation);
    }

    boolean isCustomer() {
        return text.startsWith(CUSTOMER);
    }

    @Override
    public String toString() {
        return text;
    }
}
