package trial;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import holdfast.catalogue.Refusal;
import holdfast.catalogue.Refused;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;
import java.time.Clock;

@Aggregate
@NullUnmarked // Axon makes it empty and fills it from its events
public class Ticket {

    public record SeatSold(String seat) implements Refusal {}

    public static final String VALIDITY = "validity";

    @AggregateIdentifier private String id;
    private boolean lapsed;

    protected Ticket() {}

    @CommandHandler
    public Ticket(
            SeatCommand.Sell command, JdbcClient jdbc, DeadlineManager deadlines, Clock clock) {
        int claimed =
                jdbc.sql(
                                "insert into trial_seat (seat, ticket) values (?, ?) on conflict do"
                                        + " nothing")
                        .param(command.seat())
                        .param(command.ticket())
                        .update();
        if (claimed == 0) {
            throw new Refused(new SeatSold(command.seat()));
        }
        String deadline =
                deadlines.schedule(
                        clock.instant().plus(command.valid()), VALIDITY, command.ticket());
        apply(new SeatEvent.Sold(command.ticket(), command.seat(), deadline));
    }

    @CommandHandler
    public void handle(SeatCommand.Punch command) {
        apply(new SeatEvent.Punched(command.ticket()));
    }

    @CommandHandler
    public void handle(SeatCommand.SayNameless command) {
        apply(new SeatEvent.Nameless(command.ticket()));
    }

    @CommandHandler
    public void handle(SeatCommand.Swallow command, JdbcClient jdbc) {
        apply(new SeatEvent.Punched(command.ticket()));
        org.axonframework.messaging.unitofwork.CurrentUnitOfWork.get()
                .onPrepareCommit(
                        work -> {
                            try {
                                jdbc.sql("select 1 / 0").query(Integer.class).single();
                            } catch (DataAccessException ignored) {
                                // this is the mistake
                            }
                        });
    }

    @CommandHandler
    public void handle(SeatCommand.FailChecked command) throws IOException {
        apply(new SeatEvent.Punched(command.ticket()));
        throw new IOException("The punch is broken");
    }

    @DeadlineHandler(deadlineName = VALIDITY)
    public void lapse(String ticket) {
        if (!lapsed) {
            apply(new SeatEvent.Lapsed(ticket));
        }
    }

    @EventSourcingHandler
    void on(SeatEvent.Sold event) {
        id = event.ticket();
    }

    @EventSourcingHandler
    void on(SeatEvent.Lapsed event) {
        lapsed = true;
    }
}
