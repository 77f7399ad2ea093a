package holdfast.members;

import holdfast.catalogue.TenantId;

import java.util.List;

/**
 * A staff member as the tenant knows them.
 *
 * @param disabled may not sign in, and is signed out
 */
public record StaffMember(
        TenantId tenant, MemberId id, Account account, List<Role> roles, boolean disabled) {}
