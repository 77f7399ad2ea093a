package holdfast.members;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.members.MemberCommand.AddMember;
import holdfast.members.MemberCommand.ChangeMember;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Lets people in, with passwords that nobody can be told again. */
@Component
public class StaffAccounts {

    private final CommandGateway commands;
    private final Members members;
    private final Passwords passwords;

    StaffAccounts(CommandGateway commands, Members members, Passwords passwords) {
        this.commands = commands;
        this.members = members;
        this.passwords = passwords;
    }

    /** A new member, and the password to hand over. */
    public record Added(MemberId id, String password) {

        /** Without the password, so that no log has it by accident. */
        @Override
        public String toString() {
            return id.toString();
        }
    }

    /**
     * Lets somebody in.
     *
     * @throws Refused if the user name is taken
     */
    public Added add(TenantId tenant, Account account, List<Role> roles) {
        var added = new Added(new MemberId(UUID.randomUUID()), passwords.madeUp());
        commands.sendAndWait(
                new AddMember(
                        tenant,
                        added.id(),
                        account,
                        roles,
                        null,
                        passwords.digest(added.password())));
        return added;
    }

    /** The same; empty if the user name is taken. */
    public Optional<Added> addIfAbsent(TenantId tenant, Account account, List<Role> roles) {
        try {
            return Optional.of(add(tenant, account, roles));
        } catch (Refused refused) {
            if (refused.reason() instanceof MemberRefusal.UserNameTaken) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /**
     * Who it is among the tenant's members: let in when they come for the first time, and with the
     * name and the roles that their provider has for them now.
     *
     * @return empty if they have no role here, or are disabled
     */
    Optional<MemberId> comesIn(TenantId tenant, Outsider who) {
        var member = members.find(tenant, who);
        if (member.isEmpty() && !who.roles().isEmpty()) {
            letIn(tenant, who);
            member = members.find(tenant, who);
        }
        return member.map(known -> asToldNow(known, who))
                .filter(known -> !known.disabled() && !known.roles().isEmpty())
                .map(StaffMember::id);
    }

    private void letIn(TenantId tenant, Outsider who) {
        var userName = who.provider() + "/" + who.subject();
        var id = new MemberId(UUID.randomUUID());
        try {
            by(
                    id,
                    new AddMember(
                            tenant,
                            id,
                            new Account(userName, who.displayName()),
                            who.roles(),
                            who,
                            null));
        } catch (Refused refused) {
            if (!(refused.reason() instanceof MemberRefusal.UserNameTaken)) {
                throw refused;
            }
            // by themselves, in another window; or by another, and then they are nobody here
        }
    }

    private StaffMember asToldNow(StaffMember member, Outsider who) {
        if (Set.copyOf(member.roles()).equals(Set.copyOf(who.roles()))
                && member.account().displayName().equals(who.displayName())) {
            return member;
        }
        var account = new Account(member.account().userName(), who.displayName());
        by(
                member.id(),
                new ChangeMember(
                        member.tenant(), member.id(), account, who.roles(), member.disabled()));
        return new StaffMember(
                member.tenant(), member.id(), account, who.roles(), member.disabled());
    }

    /** Nobody is signed in yet, so the log is told here who acts. */
    private void by(MemberId member, MemberCommand command) {
        MDC.put("actor", "member:" + member);
        commands.sendAndWait(command);
    }
}
