package trial;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import holdfast.catalogue.Refusal;
import holdfast.catalogue.Refused;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.io.IOException;

@Aggregate
@NullUnmarked // Axon makes it empty and fills it from its events
public class Ticket {

    public record SeatSold(String seat) implements Refusal {}

    @AggregateIdentifier private String id;

    protected Ticket() {}

    @CommandHandler
    public Ticket(SeatCommand.Sell command, JdbcClient jdbc) {
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
        apply(new SeatEvent.Sold(command.ticket(), command.seat()));
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

    @EventSourcingHandler
    void on(SeatEvent.Sold event) {
        id = event.ticket();
    }
}
