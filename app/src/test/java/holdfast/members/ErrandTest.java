package holdfast.members;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser keeps while it is at a provider. */
class ErrandTest {

    @Test
    void what_comes_back_is_what_was_given_along() {
        var errand = new Errand("st=te.", "nonce", "verifier", "/staff/köln/desk?a=b;c");

        assertThat(errand.text()).matches("[A-Za-z0-9._-]+");
        assertThat(Errand.of(errand.text())).contains(errand);
        assertThat(errand.toString()).doesNotContain("verifier");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "....", "YQ.YQ.YQ", "YQ.YQ.YQ.YQ.YQ", "YQ.YQ.YQ.?"})
    void what_was_not_given_along_is_nothing(String text) {
        assertThat(Errand.of(text)).isEmpty();
    }
}
