package holdfast.members;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.members.MemberCommand.AddMember;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.stereotype.Component;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lets people in, with passwords that nobody can be told again. */
@Component
public class StaffAccounts {

    private final CommandGateway commands;
    private final Passwords passwords;

    StaffAccounts(CommandGateway commands, Passwords passwords) {
        this.commands = commands;
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
     * @throws Refused if the user name is taken
     */
    public Added add(TenantId tenant, Account account, List<Role> roles) {
        var added = new Added(new MemberId(UUID.randomUUID()), passwords.madeUp());
        commands.sendAndWait(
                new AddMember(
                        tenant, added.id(), account, roles, passwords.digest(added.password())));
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
}
