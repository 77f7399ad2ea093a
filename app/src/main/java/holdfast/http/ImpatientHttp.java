package holdfast.http;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * HTTP that cuts off whoever takes too long to send a request's line and headers. The server itself
 * only minds silence, so a client that sends a byte a second could keep its connection for hours.
 *
 * <p>Public since the server makes it, by its name.
 */
public final class ImpatientHttp extends Http11NioProtocol {

    private static final int LOOKS_PER_PATIENCE = 4;
    private static final long UNKNOWN = -1;

    private Duration patience = Duration.ofSeconds(10);
    private @Nullable ScheduledFuture<?> looks;

    /** The time for a request's line and headers, from their first byte on. */
    void setPatience(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void start() throws Exception {
        super.start();
        long every = patience.toMillis() / LOOKS_PER_PATIENCE;
        looks =
                getUtilityExecutor()
                        .scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (looks != null) {
            looks.cancel(false);
        }
        super.stop();
    }

    private void look() {
        for (var connection : getEndpoint().getConnections()) {
            if (isDawdling(connection)) {
                connection.close();
            }
        }
    }

    private boolean isDawdling(SocketWrapperBase<?> connection) {
        // none between two requests, and none while a request is worked on
        if (!(connection.getCurrentProcessor() instanceof Processor processor)
                || processor.isAsync()
                || processor.isUpgrade()) {
            return false;
        }
        long began = processor.getRequest().getStartTimeNanos();
        return began != UNKNOWN && System.nanoTime() - began > patience.toNanos();
    }
}
