package trial;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A projection: which tickets were sold. */
@Component
@ProcessingGroup("programme")
public class Programme {

    private final JdbcClient jdbc;

    Programme(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(SeatEvent.Sold event) {
        jdbc.sql("insert into trial_programme (ticket) values (?) on conflict do nothing")
                .param(event.ticket())
                .update();
    }

    @ResetHandler
    void reset() {
        jdbc.sql("truncate trial_programme").update();
    }

    public long size() {
        return jdbc.sql("select count(*) from trial_programme").query(Long.class).single();
    }
}
