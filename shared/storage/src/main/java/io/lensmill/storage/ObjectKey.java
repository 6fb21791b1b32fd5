package io.lensmill.storage;

import java.nio.charset.StandardCharsets;

/**
 * Checked address of an object: parts separated by '/', none of them empty, "." or "..", without backslashes and
 * control characters, at most 1,024 bytes of UTF-8. No key begins or ends with '/'.
 *
 * @param value the key as text
 */
public record ObjectKey(String value) {

    private static final int MAX_BYTES = 1024;

    /** @throws IllegalArgumentException when the text is no such key; the message says what is wrong */
    public ObjectKey {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("An object key must not be empty");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("An object key must have at most " + MAX_BYTES + " bytes");
        }
        if (value.chars().anyMatch(c -> Character.isISOControl(c) || c == '\\' || Character.isSurrogate((char) c))) {
            throw new IllegalArgumentException("An object key must not hold control characters or backslashes");
        }
        for (String part : value.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException(
                        "An object key must not hold empty parts, '.' or '..'; got '" + value + "'");
            }
        }
    }

    public static ObjectKey of(String value) {
        return new ObjectKey(value);
    }

    /** The key of an object below this one. */
    public ObjectKey resolve(String name) {
        return new ObjectKey(value + "/" + name);
    }

    /** The part after the last '/'. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
