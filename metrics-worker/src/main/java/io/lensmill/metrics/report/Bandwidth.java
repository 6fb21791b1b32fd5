package io.lensmill.metrics.report;

/**
 * A kernel's bandwidth as it was asked for.
 *
 * @param name a number, or "auto"
 * @param fixed the number; 0 for auto, which the reference's median distance decides
 */
public record Bandwidth(String name, double fixed) {

    private static final String AUTO = "auto";

    /** @throws IllegalArgumentException when the text is neither a number above 0 nor "auto" */
    public static Bandwidth parse(String text) {
        String name = text.strip();
        if (name.equals(AUTO)) {
            return new Bandwidth(AUTO, 0);
        }
        try {
            double value = Double.parseDouble(name);
            if (value > 0 && Double.isFinite(value)) {
                return new Bandwidth(name, value);
            }
        } catch (NumberFormatException e) {
            throw refused(name, e);
        }
        throw refused(name, null);
    }

    private static IllegalArgumentException refused(String name, Exception cause) {
        return new IllegalArgumentException(
                "lensmill.metrics.bandwidths must be numbers above 0 or 'auto'; got '" + name + "'.", cause);
    }

    public boolean isAuto() {
        return fixed == 0;
    }
}
