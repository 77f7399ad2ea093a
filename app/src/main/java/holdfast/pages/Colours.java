package holdfast.pages;

import java.util.stream.IntStream;

/**
 * A tenant's colour as tokens of the style sheet, for light and dark pages. Whatever the colour is,
 * text on it and text in it can be read: both keep the contrast of WCAG 2.2 at level AA.
 */
record Colours(Colour given) {

    private static final Colour WHITE = new Colour(255, 255, 255);
    private static final Colour BLACK = new Colour(0, 0, 0);
    private static final Colour SUNKEN_LIGHT = new Colour(0xee, 0xee, 0xea);
    private static final Colour SUNKEN_DARK = new Colour(0x27, 0x2e, 0x32);
    private static final Colour SURFACE_DARK = new Colour(0x1d, 0x23, 0x26);

    /** Above the 4.5 of AA, as what is sunken has shades of its own. */
    private static final double READABLE = 5;

    /** Red, green and blue, each from 0 to 255. */
    record Colour(int red, int green, int blue) {

        static Colour of(String text) {
            int all = Integer.parseInt(text.substring(1), 16);
            return new Colour(all >> 16, all >> 8 & 255, all & 255);
        }

        /** This with a share of another. */
        Colour with(Colour other, double share) {
            return new Colour(
                    mixed(red, other.red, share),
                    mixed(green, other.green, share),
                    mixed(blue, other.blue, share));
        }

        private static int mixed(int one, int other, double share) {
            return (int) Math.round(one * (1 - share) + other * share);
        }

        /** As WCAG has it: 1 to 21. */
        double contrast(Colour other) {
            double one = luminance() + 0.05;
            double two = other.luminance() + 0.05;
            return Math.max(one, two) / Math.min(one, two);
        }

        private double luminance() {
            return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
        }

        private static double linear(int channel) {
            double share = channel / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
        }

        @Override
        public String toString() {
            return "#%02x%02x%02x".formatted(red, green, blue);
        }
    }

    /**
     * @param colour as {@code #rrggbb}
     */
    static Colours of(String colour) {
        return new Colours(Colour.of(colour));
    }

    /** Black or white, whichever can be read on the colour; one of them always can. */
    static Colour on(Colour colour) {
        return colour.contrast(WHITE) >= colour.contrast(BLACK) ? WHITE : BLACK;
    }

    /** The colour, moved towards another until it can be read on a ground. */
    static Colour readable(Colour colour, Colour ground, Colour towards) {
        return IntStream.rangeClosed(0, 20)
                .mapToObj(i -> colour.with(towards, i / 20.0))
                .filter(each -> each.contrast(ground) >= READABLE)
                .findFirst()
                .orElse(towards);
    }

    String sheet() {
        var onDark = readable(given, SUNKEN_DARK, WHITE);
        return """
        :root { %s }
        @media (prefers-color-scheme: dark) { :root { %s } }
        """
                .formatted(
                        tokens(given, readable(given, SUNKEN_LIGHT, BLACK), WHITE.with(given, 0.1)),
                        tokens(onDark, onDark, SURFACE_DARK.with(given, 0.16)));
    }

    private static String tokens(Colour accent, Colour text, Colour soft) {
        return "--accent: %s; --on-accent: %s; --accent-text: %s; --accent-soft: %s"
                .formatted(accent, on(accent), text, soft);
    }
}
