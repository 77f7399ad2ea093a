package holdfast.eventstore;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells whoever wants to know on this node that the log may have grown, here or elsewhere. */
public final class CommitNews {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * @param listener called on the threads of those who committed, so it only leaves a word and
     *     returns
     */
    public void tell(Runnable listener) {
        listeners.add(listener);
    }

    void committed() {
        listeners.forEach(Runnable::run);
    }
}
