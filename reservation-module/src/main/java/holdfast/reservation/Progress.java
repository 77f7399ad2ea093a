package holdfast.reservation;

/** Hears how far long work has come. Called often, so it must be cheap. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress UNHEARD = (step, done, total) -> {};

    /**
     * @param step what is being done, in a few words; steps follow one another
     * @param done how much of the step is done, in whatever it counts
     * @param total how much there is to do in this step; 0: unknown
     */
    void at(String step, long done, long total);
}
