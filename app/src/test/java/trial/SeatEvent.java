package trial;

import holdfast.catalogue.EventName;

import org.axonframework.serialization.Revision;

public sealed interface SeatEvent {

    String ticket();

    @EventName("trial.Sold")
    @Revision("1")
    record Sold(String ticket, String seat) implements SeatEvent {}

    @EventName("trial.Punched")
    @Revision("1")
    record Punched(String ticket) implements SeatEvent {}

    /** Somebody forgot to name it. */
    record Nameless(String ticket) implements SeatEvent {}
}
