package holdfast.scheduling;

import holdfast.catalogue.Catalogue;

/** The rules of every visit there can be, compiled once for each catalogue. */
public interface RuleBook {

    /**
     * @throws holdfast.catalogue.Refused if there can be no such visit
     */
    VisitRules of(Catalogue catalogue, VisitWish wish, Audience audience);
}
