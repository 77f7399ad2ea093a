package holdfast.members;

import holdfast.catalogue.Refusal;

/** Why something about a staff member is not carried out. */
sealed interface MemberRefusal extends Refusal {

    /** The tenant has no such member. */
    record MemberUnknown(String id) implements MemberRefusal {}

    /** Somebody else of the tenant signs in with this name. */
    record UserNameTaken() implements MemberRefusal {}
}
