package holdfast.members;

import holdfast.catalogue.EventName;
import holdfast.catalogue.TenantId;
import holdfast.customer.Sealed;

import org.axonframework.serialization.Revision;

import java.util.List;

/** What happened to a tenant's staff members. Names are sealed, and no event knows a password. */
public sealed interface MemberEvent {

    TenantId tenant();

    MemberId member();

    /**
     * Somebody may sign in from now on.
     *
     * @param account sealed under the member's own key
     */
    @EventName("members.MemberAdded")
    @Revision("1")
    record MemberAdded(TenantId tenant, MemberId member, Sealed account, List<Role> roles)
            implements MemberEvent {}

    /**
     * Replaces what was said of the member before.
     *
     * @param account sealed under the member's own key
     */
    @EventName("members.MemberChanged")
    @Revision("1")
    record MemberChanged(
            TenantId tenant, MemberId member, Sealed account, List<Role> roles, boolean disabled)
            implements MemberEvent {}

    /** The old password is refused from now on. */
    @EventName("members.PasswordRenewed")
    @Revision("1")
    record PasswordRenewed(TenantId tenant, MemberId member) implements MemberEvent {}

    /** The member's account and key are deleted; what was sealed for them says "erased". */
    @EventName("members.MemberRemoved")
    @Revision("1")
    record MemberRemoved(TenantId tenant, MemberId member) implements MemberEvent {}
}
