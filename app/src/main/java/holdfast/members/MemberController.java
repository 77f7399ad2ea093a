package holdfast.members;

import static org.springframework.http.HttpStatus.CREATED;
import static org.springframework.http.HttpStatus.NO_CONTENT;

import holdfast.catalogue.Catalogue;
import holdfast.catalogue.Refused;
import holdfast.catalogue.Refuses;
import holdfast.catalogue.TenantId;
import holdfast.members.MemberCommand.ChangeMember;
import holdfast.members.MemberCommand.RemoveMember;
import holdfast.members.MemberCommand.RenewPassword;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.net.URI;
import java.util.List;

/** The accounts of those who work for a tenant. */
@RestController
@RequestMapping("/admin/v1/staff-members")
@Tag(name = "Staff members")
class MemberController {

    private static final String NAME = "\\S(.*\\S)?";
    private static final String NAME_RULE =
            "must have characters, and no space before or after them";

    private final CommandGateway commands;
    private final Members members;
    private final StaffAccounts accounts;
    private final Passwords passwords;

    MemberController(
            CommandGateway commands, Members members, StaffAccounts accounts, Passwords passwords) {
        this.commands = commands;
        this.members = members;
        this.accounts = accounts;
        this.passwords = passwords;
    }

    /**
     * @param userName what the person signs in with, such as an e-mail address; upper and lower
     *     case are alike
     */
    record AddRequest(
            @Size(max = 255) @Pattern(regexp = NAME, message = NAME_RULE) String userName,
            @Size(max = 255) @Pattern(regexp = NAME, message = NAME_RULE) String displayName,
            @Size(max = 4) List<Role> roles) {

        /** Gives nothing away. */
        @Override
        public String toString() {
            return "AddRequest[sealed]";
        }
    }

    /** All of it is replaced. */
    record ChangeMemberRequest(
            @Size(max = 255) @Pattern(regexp = NAME, message = NAME_RULE) String userName,
            @Size(max = 255) @Pattern(regexp = NAME, message = NAME_RULE) String displayName,
            @Size(max = 4) List<Role> roles,
            boolean disabled) {

        /** Gives nothing away. */
        @Override
        public String toString() {
            return "ChangeMemberRequest[sealed]";
        }
    }

    /**
     * @param disabled may not sign in
     */
    record MemberView(
            String id, String userName, String displayName, List<Role> roles, boolean disabled) {

        static MemberView of(StaffMember member) {
            return new MemberView(
                    member.id().toString(),
                    member.account().userName(),
                    member.account().displayName(),
                    member.roles(),
                    member.disabled());
        }

        /** Gives nothing away. */
        @Override
        public String toString() {
            return "MemberView[sealed]";
        }
    }

    /**
     * @param password made up, and shown this once
     */
    record PasswordView(String id, String password) {

        /** Gives nothing away. */
        @Override
        public String toString() {
            return "PasswordView[sealed]";
        }
    }

    @GetMapping
    @Operation(operationId = "listStaffMembers", summary = "Those who work for the tenant")
    List<MemberView> all(Catalogue catalogue) {
        return members.all(catalogue.tenant().id()).stream().map(MemberView::of).toList();
    }

    @PostMapping
    @ResponseStatus(CREATED)
    @Operation(
            operationId = "addStaffMember",
            summary = "Let somebody in, with a password that is shown this once")
    @Refuses("user-name-taken")
    ResponseEntity<PasswordView> add(Catalogue catalogue, @RequestBody AddRequest request) {
        var account = new Account(request.userName(), request.displayName());
        var added = accounts.add(catalogue.tenant().id(), account, request.roles());
        return ResponseEntity.created(URI.create("/admin/v1/staff-members/" + added.id()))
                .body(new PasswordView(added.id().toString(), added.password()));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getStaffMember", summary = "One who works for the tenant")
    @Refuses("member-unknown")
    MemberView one(Catalogue catalogue, @PathVariable String id) {
        return MemberView.of(find(catalogue.tenant().id(), id));
    }

    @PutMapping("/{id}")
    @Operation(
            operationId = "changeStaffMember",
            summary = "Say anew who it is and what they may do",
            description = "Holds from their next click on, on every node.")
    @Refuses({"member-unknown", "user-name-taken"})
    MemberView change(
            Catalogue catalogue,
            @PathVariable String id,
            @RequestBody ChangeMemberRequest request) {
        var known = find(catalogue.tenant().id(), id);
        commands.sendAndWait(
                new ChangeMember(
                        known.tenant(),
                        known.id(),
                        new Account(request.userName(), request.displayName()),
                        request.roles(),
                        request.disabled()));
        return MemberView.of(find(known.tenant(), id));
    }

    @PostMapping("/{id}/password")
    @Operation(
            operationId = "renewPassword",
            summary = "Make up another password, which is shown this once",
            description = "The old one is refused from now on, and whoever used it is signed out.")
    @Refuses("member-unknown")
    PasswordView renewPassword(Catalogue catalogue, @PathVariable String id) {
        var known = find(catalogue.tenant().id(), id);
        var password = passwords.madeUp();
        commands.sendAndWait(
                new RenewPassword(known.tenant(), known.id(), passwords.digest(password)));
        return new PasswordView(known.id().toString(), password);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(NO_CONTENT)
    @Operation(
            operationId = "removeStaffMember",
            summary = "Forget somebody who works here no more",
            description = "They are signed out, and nobody can read their name in the log.")
    @Refuses("member-unknown")
    void remove(Catalogue catalogue, @PathVariable String id) {
        var known = find(catalogue.tenant().id(), id);
        commands.sendAndWait(new RemoveMember(known.tenant(), known.id()));
    }

    private StaffMember find(TenantId tenant, String id) {
        try {
            return members.find(tenant, MemberId.of(id)).orElseThrow(() -> unknown(id));
        } catch (IllegalArgumentException noUuid) {
            throw unknown(id);
        }
    }

    private static Refused unknown(String id) {
        return new Refused(new MemberRefusal.MemberUnknown(id));
    }
}
