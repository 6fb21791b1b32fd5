package io.lensmill.imaging.picture;

/** Colour maps of Matplotlib, from ten or eleven of their colours each, linear in between. */
public enum ColourMap {
    /** Perceptually uniform, as the next. */
    VIRIDIS(0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725),
    INFERNO(0x000004, 0x1b0c41, 0x4a0c6b, 0x781c6d, 0xa52c60, 0xcf4446, 0xed6925, 0xfb9b06, 0xf7d13d, 0xfcffa4),
    /** Diverging, for what lies on both sides of 0.5: blue below, nearly white there, red above (RdBu reversed). */
    BLUE_RED(
            0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b,
            0x67001f);

    private final int[] stops;

    ColourMap(int... stops) {
        this.stops = stops;
    }

    /** Colour 0xRRGGBB of a value; values outside [0,1] are cut off, NaN has the colour of 0. */
    public int rgb(double value) {
        double place = value > 0 ? Math.min(value, 1) * (stops.length - 1) : 0;
        int below = Math.min((int) place, stops.length - 2);
        double part = place - below;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = stops[below] >> shift & 0xff;
            int to = stops[below + 1] >> shift & 0xff;
            colour |= (int) Math.round(from + part * (to - from)) << shift;
        }
        return colour;
    }
}
