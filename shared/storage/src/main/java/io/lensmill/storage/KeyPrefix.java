package io.lensmill.storage;

/** The rule for prefixes that listings take. */
final class KeyPrefix {

    private KeyPrefix() {}

    /**
     * @return the prefix, when it can be the beginning of an {@link ObjectKey}
     * @throws IllegalArgumentException otherwise
     */
    static String check(String prefix) {
        if (prefix.isEmpty()) {
            return prefix;
        }
        // The key rules hold for a prefix too, but for the one '/' that it may end with.
        String body = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        try {
            ObjectKey.of(body);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "prefix must be empty or the beginning of an object key, got '" + printable(prefix) + "'", e);
        }
        return prefix;
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
