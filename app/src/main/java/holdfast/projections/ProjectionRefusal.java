package holdfast.projections;

import holdfast.catalogue.Refusal;

/** Why a call on projections is not carried out. */
sealed interface ProjectionRefusal extends Refusal {

    String name();

    record UnknownProjection(String name) implements ProjectionRefusal {}

    /** It is in memory, and made anew whenever a node starts. */
    record MadeAtStart(String name) implements ProjectionRefusal {}

    /** It was never made anew. */
    record NeverReplayed(String name) implements ProjectionRefusal {}
}
