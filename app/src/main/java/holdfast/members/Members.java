package holdfast.members;

import static java.nio.charset.StandardCharsets.UTF_8;

import holdfast.catalogue.Refused;
import holdfast.catalogue.TenantId;
import holdfast.customer.PersonalData;
import holdfast.customer.Sealed;
import holdfast.members.MemberCommand.AddMember;
import holdfast.members.MemberCommand.ChangeMember;
import holdfast.security.RequestDigest;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

import tools.jackson.databind.json.JsonMapper;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Staff members in the table {@code staff_member}, written in the transaction of their events. */
@Component
class Members {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final PersonalData personalData;
    private final RequestDigest digest;

    Members(JdbcClient jdbc, PersonalData personalData, RequestDigest digest) {
        this.jdbc = jdbc;
        this.personalData = personalData;
        this.digest = digest;
    }

    /** A row whose account is still sealed. */
    private record Row(
            TenantId tenant, MemberId id, Sealed account, List<Role> roles, boolean disabled) {

        static Row of(ResultSet row, int number) throws SQLException {
            return new Row(
                    TenantId.of(row.getString("tenant_id")),
                    new MemberId(row.getObject("member_id", UUID.class)),
                    new Sealed(row.getString("account_key"), row.getString("account")),
                    rolesOf(row),
                    row.getBoolean("disabled"));
        }

        StaffMember with(byte[] opened) {
            return new StaffMember(
                    tenant, id, JSON.readValue(opened, Account.class), roles, disabled);
        }
    }

    /** What signing in needs to know. */
    record Login(MemberId id, @Nullable String passwordDigest, boolean disabled) {}

    static List<Role> rolesOf(ResultSet row) throws SQLException {
        return Stream.of((String[]) row.getArray("roles").getArray()).map(Role::of).toList();
    }

    /** All of a tenant, by their user names. */
    List<StaffMember> all(TenantId tenant) {
        var rows =
                jdbc.sql("select * from staff_member where tenant_id = :tenant")
                        .param("tenant", tenant.text())
                        .query(Row::of)
                        .list();
        var opened = personalData.open(tenant, rows.stream().map(Row::account).toList());
        return rows.stream()
                .flatMap(row -> Stream.ofNullable(opened.get(row.account())).map(row::with))
                .sorted(Comparator.comparing(member -> member.account().userName()))
                .toList();
    }

    /** Empty also if the member is another tenant's. */
    Optional<StaffMember> find(TenantId tenant, MemberId id) {
        return jdbc.sql(
                        """
                        select * from staff_member
                        where tenant_id = :tenant and member_id = :member
                        """)
                .param("tenant", tenant.text())
                .param("member", id.value())
                .query(Row::of)
                .optional()
                .flatMap(row -> personalData.open(tenant, row.account()).map(row::with));
    }

    /** As whom the person came before; empty if they never did. */
    Optional<StaffMember> find(TenantId tenant, Outsider who) {
        return jdbc.sql(
                        """
                        select * from staff_member
                        where tenant_id = :tenant and outside = :outside
                        """)
                .param("tenant", tenant.text())
                .param("outside", outside(tenant, who))
                .query(Row::of)
                .optional()
                .flatMap(row -> personalData.open(tenant, row.account()).map(row::with));
    }

    private byte @Nullable [] outside(AddMember command) {
        return command.comesAs() == null ? null : outside(command.tenant(), command.comesAs());
    }

    /** What a provider's subject is known by; letters' case counts. */
    private byte[] outside(TenantId tenant, Outsider who) {
        return digest.of(
                "staff subject".getBytes(UTF_8),
                tenant.text().getBytes(UTF_8),
                who.issuer().getBytes(UTF_8),
                who.subject().getBytes(UTF_8));
    }

    Optional<Login> login(TenantId tenant, String userName) {
        return jdbc.sql(
                        """
                        select member_id, password_digest, disabled from staff_member
                        where tenant_id = :tenant and user_name = :name
                        """)
                .param("tenant", tenant.text())
                .param("name", digestOf(tenant, userName))
                .query(
                        (row, n) ->
                                new Login(
                                        new MemberId(row.getObject("member_id", UUID.class)),
                                        row.getString("password_digest"),
                                        row.getBoolean("disabled")))
                .optional();
    }

    /**
     * @throws Refused if the user name is taken, or whoever comes from outside is here
     */
    void add(AddMember command, Sealed account) {
        var inserted =
                jdbc.sql(
                                """
                                insert into staff_member (tenant_id, member_id, user_name, account_key,
                                    account, roles, outside, password_digest)
                                values (:tenant, :member, :name, :key, :account, :roles, :outside, :password)
                                on conflict do nothing
                                """)
                        .param("tenant", command.tenant().text())
                        .param("member", command.member().value())
                        .param("name", digestOf(command.tenant(), command.account().userName()))
                        .param("key", account.key())
                        .param("account", account.text())
                        .param("roles", texts(command.roles()))
                        .param("outside", outside(command), Types.BINARY)
                        .param("password", command.passwordDigest(), Types.VARCHAR)
                        .update();
        if (inserted == 0) {
            throw new Refused(new MemberRefusal.UserNameTaken());
        }
    }

    /**
     * @throws Refused if the user name is taken
     */
    void change(ChangeMember command, Sealed account) {
        try {
            jdbc.sql(
                            """
                            update staff_member set user_name = :name, account_key = :key,
                                account = :account, roles = :roles, disabled = :disabled
                            where tenant_id = :tenant and member_id = :member
                            """)
                    .param("tenant", command.tenant().text())
                    .param("member", command.member().value())
                    .param("name", digestOf(command.tenant(), command.account().userName()))
                    .param("key", account.key())
                    .param("account", account.text())
                    .param("roles", texts(command.roles()))
                    .param("disabled", command.disabled())
                    .update();
        } catch (DuplicateKeyException another) {
            throw new Refused(new MemberRefusal.UserNameTaken());
        }
    }

    /** Whoever is signed in with the old one is signed out. */
    void renewPassword(TenantId tenant, MemberId member, String passwordDigest) {
        jdbc.sql(
                        """
                        with signed_out as (
                            delete from staff_session
                            where tenant_id = :tenant and member_id = :member)
                        update staff_member set password_digest = :password
                        where tenant_id = :tenant and member_id = :member
                        """)
                .param("tenant", tenant.text())
                .param("member", member.value())
                .param("password", passwordDigest)
                .update();
    }

    void remove(TenantId tenant, MemberId member) {
        jdbc.sql("delete from staff_member where tenant_id = :tenant and member_id = :member")
                .param("tenant", tenant.text())
                .param("member", member.value())
                .update();
    }

    // Keyed, since there are few enough names in the world to try them all against a plain hash.
    private byte[] digestOf(TenantId tenant, String userName) {
        return digest.of(
                "staff user name".getBytes(UTF_8),
                tenant.text().getBytes(UTF_8),
                sameFor(userName).getBytes(UTF_8));
    }

    /** One text for all ways in which a person may type their name. */
    static String sameFor(String userName) {
        return Normalizer.normalize(userName.strip(), Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT);
    }

    private static String[] texts(List<Role> roles) {
        return roles.stream().distinct().map(Role::toString).toArray(String[]::new);
    }
}
