package holdfast.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.catalogue.ContentDigest;
import holdfast.catalogue.Refused;
import holdfast.reservation.Register;
import holdfast.reservation.RegisterEntry;
import holdfast.reservation.ReservationCommand.Reserve;
import holdfast.reservation.ReservationStatus;
import holdfast.scheduling.Audience;
import holdfast.scheduling.ReservationId;
import holdfast.scheduling.RuleBook;
import holdfast.scheduling.SlotAvailability;
import holdfast.scheduling.VisitWish;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.IdentifierFactory;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Places holds for forms, each form's once. */
@Component
class Holding {

    private static final int MOST_ALTERNATIVES = 5;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final CommandGateway commands;
    private final Register register;
    private final RuleBook rules;
    private final SlotAvailability availability;

    Holding(
            CommandGateway commands,
            Register register,
            RuleBook rules,
            SlotAvailability availability) {
        this.commands = commands;
        this.register = register;
        this.rules = rules;
        this.availability = availability;
    }

    /**
     * Holds a time. A form that is sent twice has the same key, and so leads to one hold; another
     * time chosen in it leads to another.
     *
     * @param key made up when the form was; what is none is as if the form were new
     * @throws Refused if it cannot be held
     */
    RegisterEntry place(Visitor visitor, VisitWish wish, Instant start, @Nullable String key) {
        var id = idOf(key, start);
        var earlier = inForce(visitor, id);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        var length = rules.of(visitor.catalogue(), wish, Audience.PUBLIC).length();
        var reserve = new Reserve(visitor.tenant(), id, wish, start, start.plus(length), null);
        try {
            return commands.sendAndWait(reserve);
        } catch (Refused | ConcurrencyException lost) {
            // perhaps to itself: the same form, sent in the same moment
            return inForce(visitor, id).orElseThrow(() -> lost);
        }
    }

    private Optional<RegisterEntry> inForce(Visitor visitor, ReservationId id) {
        return register.find(visitor.tenant(), id)
                .filter(entry -> entry.status() == ReservationStatus.RESERVED);
    }

    /** The times nearest to one that cannot be had. */
    List<Alternative> alternatives(Visitor visitor, VisitWish wish, Instant start) {
        var zone = rules.of(visitor.catalogue(), wish, Audience.PUBLIC).zone();
        return availability.nearest(visitor.catalogue(), wish, start, MOST_ALTERNATIVES).stream()
                .map(
                        free ->
                                new Alternative(
                                        free.start().toString(),
                                        visitor.dateAndTime(free.start(), zone)))
                .toList();
    }

    /**
     * @param start an instant in ISO 8601
     */
    record Alternative(String start, String text) {}

    /** The key's own id, but for the random half, which depends on the time, too. */
    private static ReservationId idOf(@Nullable String key, Instant start) {
        var seed = uuid(key);
        var digest =
                ContentDigest.of(seed.toString().getBytes(UTF_8), start.toString().getBytes(UTF_8));
        long random = ByteBuffer.wrap(digest).getLong() >>> 2 | VARIANT;
        return new ReservationId(new UUID(seed.getMostSignificantBits(), random));
    }

    private static UUID uuid(@Nullable String key) {
        try {
            return UUID.fromString(String.valueOf(key));
        } catch (IllegalArgumentException none) {
            return UUID.fromString(IdentifierFactory.getInstance().generateIdentifier());
        }
    }
}
