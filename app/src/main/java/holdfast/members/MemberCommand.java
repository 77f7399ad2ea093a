package holdfast.members;

import holdfast.catalogue.TenantId;

import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** What can be asked about staff members. Another tenant's member is unknown. */
sealed interface MemberCommand {

    TenantId tenant();

    MemberId member();

    @TargetAggregateIdentifier
    default String stream() {
        return Membership.streamOf(member());
    }

    /**
     * Let somebody in.
     *
     * @param comesAs what their provider says of them; null: they come from nowhere else
     * @param passwordDigest of a password that was made up for them; null: they come from outside
     */
    record AddMember(
            TenantId tenant,
            MemberId member,
            Account account,
            List<Role> roles,
            @Nullable Outsider comesAs,
            @Nullable String passwordDigest)
            implements MemberCommand {}

    /** Say anew who it is and what they may do. */
    record ChangeMember(
            TenantId tenant, MemberId member, Account account, List<Role> roles, boolean disabled)
            implements MemberCommand {}

    /** Give them another password; whoever is signed in with the old one is signed out. */
    record RenewPassword(TenantId tenant, MemberId member, String passwordDigest)
            implements MemberCommand {}

    /** Forget them. */
    record RemoveMember(TenantId tenant, MemberId member) implements MemberCommand {}
}
