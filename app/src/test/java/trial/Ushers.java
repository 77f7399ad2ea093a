package trial;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.springframework.stereotype.Component;

/** Called within the transaction that sells; they know one seat that is broken. */
@Component
@ProcessingGroup("ushers")
public class Ushers {

    public static final String BROKEN_SEAT = "broken";

    @EventHandler
    void on(SeatEvent.Sold event) {
        if (event.seat().equals(BROKEN_SEAT)) {
            throw new IllegalStateException("Nobody can sit there");
        }
    }
}
