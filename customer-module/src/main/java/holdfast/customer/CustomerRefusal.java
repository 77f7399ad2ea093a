package holdfast.customer;

import holdfast.catalogue.Refusal;

/** Why something about a customer is not carried out. */
public sealed interface CustomerRefusal extends Refusal {

    /** The tenant has no such customer. */
    record CustomerUnknown(CustomerId customer) implements CustomerRefusal {}

    /** The customer was erased, so nothing can be kept for them any more. */
    record CustomerForgotten(SubjectId subject) implements CustomerRefusal {}
}
