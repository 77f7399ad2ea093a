package holdfast.pages;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.pages.Colours.Colour;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever colour a tenant has, its pages can be read. */
class ColoursTest {

    private static final double AA = 4.5;
    private static final Colour WHITE = new Colour(255, 255, 255);
    private static final Colour BLACK = new Colour(0, 0, 0);

    @Test
    void contrast_is_counted_as_wcag_counts_it() {
        assertThat(WHITE.contrast(BLACK)).isEqualTo(21);
        assertThat(WHITE.contrast(WHITE)).isEqualTo(1);
        assertThat(Colour.of("#767676").contrast(WHITE)).isBetween(4.54, 4.55);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#000000", "#ffffff", "#ffee00", "#1d5b8f", "#ff0000", "#00ff00", "#0000ff",
                "#777777", "#f5b7d0", "#0b3d0b"
            })
    void text_on_the_colour_and_in_the_colour_keeps_aa(String text) {
        var colour = Colour.of(text);
        assertThat(Colours.on(colour).contrast(colour)).isGreaterThanOrEqualTo(AA);
        assertThat(Colours.readable(colour, WHITE, BLACK).contrast(WHITE))
                .isGreaterThanOrEqualTo(AA);
        var night = Colour.of("#272e32");
        assertThat(Colours.readable(colour, night, WHITE).contrast(night))
                .isGreaterThanOrEqualTo(AA);
    }

    @Test
    void the_sheet_has_the_colour_for_light_and_dark_pages() {
        assertThat(Colours.of("#1d5b8f").sheet())
                .contains(
                        "--accent: #1d5b8f", "prefers-color-scheme: dark", "--on-accent: #ffffff");
    }
}
