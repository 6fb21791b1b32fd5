package io.lensmill.metrics.linear;

/** A setting of the process: a system property or, where that is missing, an environment variable. */
final class Setting {

    private Setting() {}

    /** @return null when neither is there, or it is blank */
    static String text(String property, String variable) {
        String text = System.getProperty(property, System.getenv(variable));
        return text == null || text.isBlank() ? null : text.strip();
    }
}
