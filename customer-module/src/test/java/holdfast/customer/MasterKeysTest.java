package holdfast.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

class MasterKeysTest {

    private static final String ONE = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String OTHER =
            Base64.getEncoder()
                    .encodeToString(
                            "another key, of thirty-two bytes"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    @TempDir Path home;

    @Test
    void the_first_start_makes_a_key_file_that_only_its_owner_reads() throws IOException {
        var deeper = home.resolve("holdfast");

        new MasterKeys(null, deeper).create();

        var permissions = Files.getPosixFilePermissions(deeper.resolve("master-key.json"));
        assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
        try (var files = Files.list(deeper)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void the_key_of_the_file_is_found_again() {
        var made = new MasterKeys(null, home).create();

        var found = new MasterKeys(null, home).find().orElseThrow();

        assertThat(found.unwrap(made.wrap(new byte[] {1, 2}, "test"), "test"))
                .containsExactly(1, 2);
    }

    @Test
    void of_many_that_make_the_file_at_once_all_get_the_same_key() {
        var made = AtOnce.each(8, n -> new MasterKeys(null, home).create());

        var wrapped = made.getFirst().wrap(new byte[] {7}, "test");
        assertThat(made)
                .allSatisfy(key -> assertThat(key.unwrap(wrapped, "test")).containsExactly(7));
    }

    @Test
    void the_setting_comes_before_the_file() {
        new MasterKeys(null, home).create();
        var wrapped = new MasterKey(new byte[32]).wrap(new byte[] {7}, "test");

        var found = new MasterKeys(ONE, home).find().orElseThrow();

        assertThat(found.unwrap(wrapped, "test")).containsExactly(7);
    }

    @Test
    void what_is_no_key_is_refused_and_not_quoted() throws IOException {
        for (var wrong : new String[] {"c2hvcnQ=", "not base64 at all!", ONE + "AAAA"}) {
            assertThatExceptionOfType(WrongMasterKey.class)
                    .isThrownBy(() -> new MasterKeys(wrong, home).find())
                    .withMessageContaining("HOLDFAST_MASTER_KEY")
                    .withMessageNotContaining(wrong);
        }
        for (var wrong : new String[] {"{", "{}", "{\"masterKey\": \"c2hvcnQ=\"}"}) {
            Files.writeString(home.resolve("master-key.json"), wrong);
            assertThatExceptionOfType(WrongMasterKey.class)
                    .isThrownBy(() -> new MasterKeys(null, home).find())
                    .withMessageContaining("master-key.json");
        }
    }

    @Test
    void a_key_wrapped_for_one_purpose_opens_for_no_other() {
        var master = new MasterKey(new byte[32]);
        var wrapped = master.wrap(new byte[] {7}, "one");

        assertThatIllegalStateException().isThrownBy(() -> master.unwrap(wrapped, "other"));
    }

    @Test
    void a_node_with_another_master_key_refuses_to_start() {
        try (var node = CustomerNode.onNewDatabase(new MasterKey(new byte[32]))) {
            var first = Installation.open(new MasterKeys(ONE, home), node.jdbc);
            var again = Installation.open(new MasterKeys(ONE, home), node.jdbc);
            assertThat(again.identities().of(CustomerNode.TENANT, "A1"))
                    .isEqualTo(first.identities().of(CustomerNode.TENANT, "A1"));

            assertThatExceptionOfType(WrongMasterKey.class)
                    .isThrownBy(() -> Installation.open(new MasterKeys(OTHER, home), node.jdbc))
                    .withMessageContaining("not the one this database was sealed with")
                    .withMessageNotContaining(OTHER);
        }
    }

    @Test
    void a_node_that_lost_its_key_file_makes_no_new_one() {
        try (var node = CustomerNode.onNewDatabase(new MasterKey(new byte[32]))) {
            Installation.open(new MasterKeys(ONE, home), node.jdbc);

            assertThatExceptionOfType(WrongMasterKey.class)
                    .isThrownBy(() -> Installation.open(new MasterKeys(null, home), node.jdbc))
                    .withMessageContaining("Put that file back");
            assertThat(home.resolve("master-key.json")).doesNotExist();
        }
    }
}
