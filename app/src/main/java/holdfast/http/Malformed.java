package holdfast.http;

import holdfast.catalogue.Fault;

import java.util.List;

/**
 * What was sent cannot be read as what it should be; {@link #faults()} names everything that is
 * wrong with it, never nothing.
 */
public final class Malformed extends RuntimeException {

    private final transient List<Fault> faults;

    Malformed(List<Fault> faults) {
        super(faults.toString(), null, false, false);
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
