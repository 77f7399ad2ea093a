package holdfast.members;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.customer.PersonalData;
import holdfast.customer.Sealed;
import holdfast.customer.SubjectId;
import holdfast.members.MemberCommand.AddMember;
import holdfast.members.MemberCommand.ChangeMember;
import holdfast.members.MemberCommand.RemoveMember;
import holdfast.members.MemberCommand.RenewPassword;
import holdfast.members.MemberEvent.MemberAdded;
import holdfast.members.MemberEvent.MemberChanged;
import holdfast.members.MemberEvent.MemberRemoved;
import holdfast.members.MemberEvent.PasswordRenewed;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

import tools.jackson.databind.json.JsonMapper;

/** One person's place among a tenant's staff, from the first day to the last. */
@Aggregate(type = "Membership") // stored with every event
@SuppressWarnings("NullAway.Init") // Axon makes it empty and then replays its first event
class Membership {

    private static final JsonMapper JSON = new JsonMapper();

    // "member:" and the id, since one store holds the streams of all kinds of aggregates
    @AggregateIdentifier private String stream;
    private TenantId tenant;
    private boolean removed;

    Membership() {}

    @CommandHandler
    Membership(AddMember command, Members members, PersonalData personalData) {
        var account = seal(command.tenant(), command.member(), command.account(), personalData);
        members.add(command, account);
        apply(new MemberAdded(command.tenant(), command.member(), account, command.roles()));
    }

    @CommandHandler
    void handle(ChangeMember command, Members members, PersonalData personalData) {
        mustBeHere(command);
        var account = seal(tenant, command.member(), command.account(), personalData);
        members.change(command, account);
        apply(
                new MemberChanged(
                        tenant, command.member(), account, command.roles(), command.disabled()));
    }

    @CommandHandler
    void handle(RenewPassword command, Members members) {
        mustBeHere(command);
        members.renewPassword(tenant, command.member(), command.passwordDigest());
        apply(new PasswordRenewed(tenant, command.member()));
    }

    @CommandHandler
    void handle(RemoveMember command, Members members, PersonalData personalData) {
        mustBeHere(command);
        members.remove(tenant, command.member());
        personalData.forget(tenant, SubjectId.member(command.member().value()));
        apply(new MemberRemoved(tenant, command.member()));
    }

    @EventSourcingHandler
    void on(MemberAdded event) {
        stream = streamOf(event.member());
        tenant = event.tenant();
    }

    @EventSourcingHandler
    void on(MemberRemoved event) {
        removed = true;
    }

    static String streamOf(MemberId member) {
        return SubjectId.member(member.value()).toString();
    }

    private void mustBeHere(MemberCommand command) {
        if (removed || !command.tenant().equals(tenant)) {
            throw new Refused(new MemberRefusal.MemberUnknown(command.member().toString()));
        }
    }

    private static Sealed seal(
            TenantId tenant, MemberId member, Account account, PersonalData personalData) {
        return personalData.seal(
                tenant, SubjectId.member(member.value()), JSON.writeValueAsBytes(account));
    }
}
