package holdfast.security;

import holdfast.catalogue.Refusal;

/** Why a call about clients is not carried out. */
sealed interface ClientRefusal extends Refusal {

    /** The tenant has no such client. */
    record UnknownClient(String client) implements ClientRefusal {}

    /** Somebody has the id: a client of this tenant or of another one. */
    record ClientExists(ClientId client) implements ClientRefusal {}

    /** A tenant's client cannot be an operator. */
    record OperatorOfNoTenant() implements ClientRefusal {}
}
