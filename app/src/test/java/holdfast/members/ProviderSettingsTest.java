package holdfast.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import java.util.HashMap;
import java.util.Map;

/** What an operator writes of a provider. */
class ProviderSettingsTest {

    private static final Map<String, String> GOOD =
            Map.of(
                    "name", "city",
                    "tenant", "hamburg",
                    "title", "City ID",
                    "issuer", "https://id.example.org/realms/staff",
                    "client-id", "holdfast",
                    "client-secret", "s3cret",
                    "roles.desk", "staff",
                    "roles.[team lead]", "manager");

    private static ProviderSettings read(Map<String, String> settings) {
        var all = new HashMap<String, String>();
        settings.forEach((name, value) -> all.put("provider." + name, value));
        return new Binder(new MapConfigurationPropertySource(all))
                .bind("provider", ProviderSettings.class)
                .get();
    }

    @Test
    void their_words_are_ours_as_configured_and_others_are_passed_over() {
        var settings = read(GOOD);

        assertThat(settings.roleOf("desk")).contains(Role.STAFF);
        assertThat(settings.roleOf("team lead")).contains(Role.MANAGER);
        assertThat(settings.roleOf("staff")).isEmpty();
    }

    @Test
    void without_a_mapping_their_words_have_to_be_ours() {
        var plain = new HashMap<>(GOOD);
        plain.keySet().removeIf(name -> name.startsWith("roles."));
        var settings = read(plain);

        assertThat(settings.roleOf("staff")).contains(Role.STAFF);
        assertThat(settings.roleOf("desk")).isEmpty();
    }

    @Test
    void a_secret_is_not_written_anywhere_by_accident() {
        assertThat(read(GOOD).toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "name, Two Words",
        "name, ../city",
        "tenant, two words",
        "title, ''",
        "issuer, city",
        "issuer, ftp://id.example.org",
        "client-id, ''",
        "scopes, profile",
        "roles.desk, clerk"
    })
    void what_cannot_work_is_refused(String name, String value) {
        var wrong = new HashMap<>(GOOD);
        wrong.put(name, value);

        assertThatExceptionOfType(BindException.class).isThrownBy(() -> read(wrong));
    }
}
