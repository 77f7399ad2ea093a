package holdfast.customer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.UUID;

/**
 * Whom or what a data key belongs to: a customer, a reservation whose customer is not known yet, or
 * a staff member.
 *
 * <p>The kind is part of the text, so that a customer and a reservation with the same UUID never
 * share a key.
 */
public record SubjectId(@JsonValue String text) {

    private static final String CUSTOMER = "customer:";
    private static final String RESERVATION = "reservation:";
    private static final String MEMBER = "member:";

    public SubjectId {
        if (!text.startsWith(CUSTOMER)
                && !text.startsWith(RESERVATION)
                && !text.startsWith(MEMBER)) {
            throw new IllegalArgumentException(
                    "No customer, no reservation and no staff member: " + text);
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

    /** For a person who works for the tenant. */
    public static SubjectId member(UUID member) {
        return new SubjectId(MEMBER + member);
    }

    boolean isCustomer() {
        return text.startsWith(CUSTOMER);
    }

    @Override
    public String toString() {
        return text;
    }
}
