package holdfast.followers;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;

/** One thread in the background, from start to stop. */
public final class Worker {

    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final String name;
    private final Runnable work;
    private volatile @Nullable Thread thread;

    /**
     * @param work which looks at {@link #isWanted()} between its steps
     */
    public Worker(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    public void start() {
        var starting = Thread.ofPlatform().daemon().name(name).unstarted(work);
        thread = starting; // before it looks whether it is wanted
        starting.start();
    }

    /** Interrupts the work, and waits ten seconds at most until it has ended. */
    public void stop() {
        var running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(PATIENCE_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public boolean isRunning() {
        return thread != null;
    }

    /** Whether the calling thread is the one that was started last, and was not stopped. */
    public boolean isWanted() {
        return thread == Thread.currentThread();
    }
}
