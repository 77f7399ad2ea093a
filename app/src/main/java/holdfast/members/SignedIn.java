package holdfast.members;

import holdfast.catalogue.TenantId;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

import java.util.List;

/**
 * A staff member who is signed in, as of this very request: roles and name are read with each.
 *
 * <p>Its name is the member's id, which is what the log knows of whoever acts.
 */
public final class SignedIn extends AbstractAuthenticationToken {

    private final StaffMember member;

    SignedIn(StaffMember member) {
        super(List.of());
        this.member = member;
        setAuthenticated(true);
    }

    StaffMember member() {
        return member;
    }

    public TenantId tenant() {
        return member.tenant();
    }

    /** How the person is greeted. */
    public String displayName() {
        return member.account().displayName();
    }

    public boolean is(Role role) {
        return member.roles().contains(role);
    }

    @Override
    public String getName() {
        return "member:" + member.id();
    }

    @Override
    public MemberId getPrincipal() {
        return member.id();
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    /** Without the person's name. */
    @Override
    public String toString() {
        return getName();
    }
}
