package holdfast.catalogue;

import java.util.List;

/**
 * Knows which appointments would no longer fit. Whoever keeps appointments provides it as a bean; a
 * catalogue change never touches them, it only names them.
 */
public interface Stranding {

    /** The tenant's coming appointments that the rules of {@code after} would not allow. */
    List<Stranded> strandedBy(Catalogue after);
}
