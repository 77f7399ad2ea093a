package trial;

import org.axonframework.modelling.command.TargetAggregateIdentifier;

public sealed interface SeatCommand {

    record Sell(@TargetAggregateIdentifier String ticket, String seat) implements SeatCommand {}

    record Punch(@TargetAggregateIdentifier String ticket) implements SeatCommand {}

    record SayNameless(@TargetAggregateIdentifier String ticket) implements SeatCommand {}

    /** Is punched, and then fails in a way that Java makes everybody declare. */
    record FailChecked(@TargetAggregateIdentifier String ticket) implements SeatCommand {}

    /** Runs into an error of the database, and says nothing about it. */
    record Swallow(@TargetAggregateIdentifier String ticket) implements SeatCommand {}
}
