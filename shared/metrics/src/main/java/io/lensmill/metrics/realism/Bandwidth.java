package io.lensmill.metrics.realism;

import java.util.List;

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
        return parse("Bandwidths", text);
    }

    /**
     * @param setting name of the setting that the texts are the value of, for the message
     * @throws IllegalArgumentException when a text is neither a number above 0 nor "auto"
     */
    public static List<Bandwidth> parseAll(String setting, List<String> texts) {
        return texts.stream().map(text -> parse(setting, text)).toList();
    }

    private static Bandwidth parse(String setting, String text) {
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
            throw refused(setting, name, e);
        }
        throw refused(setting, name, null);
    }

    private static IllegalArgumentException refused(String setting, String name, Exception cause) {
        return new IllegalArgumentException(setting + " must be numbers above 0 or 'auto'; got '" + name + "'.", cause);
    }

    public boolean isAuto() {
        return fixed == 0;
    }
}
