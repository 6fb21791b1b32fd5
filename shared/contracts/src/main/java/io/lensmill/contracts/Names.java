package io.lensmill.contracts;

import java.util.regex.Pattern;

/** Checks of the names that come from outside, before they reach a key, a path or a log. */
public final class Names {

    private static final Pattern JOB_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern COLLECTION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,127}");
    private static final Pattern IMAGE_ID = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,256}");

    private Names() {}

    /** 1 to 128 of [A-Za-z0-9._-], begins with a letter or digit. Also right for model ids, datasets and presets. */
    public static String requireId(String field, String value) throws RefusedException {
        return require(field, value, JOB_ID, "1 to 128 of [A-Za-z0-9._-] and begin with a letter or digit");
    }

    /** 1 to 128 of [A-Za-z0-9._/-], begins with a letter or digit, without "..". */
    public static String requireCollection(String field, String value) throws RefusedException {
        return require(field, value, COLLECTION, "1 to 128 of [A-Za-z0-9._/-] without '..'");
    }

    /** 1 to 256 characters, none of them a control character. */
    public static String requireImageId(String value) throws RefusedException {
        return require(
                "imageId",
                value,
                IMAGE_ID,
                "1 to 256 characters without control characters (on a bare image file: the record key)");
    }

    private static String require(String field, String value, Pattern pattern, String rule) throws RefusedException {
        if (value == null || !pattern.matcher(value).matches() || (pattern != IMAGE_ID && value.contains(".."))) {
            throw new RefusedException(
                    RefusalCode.INVALID_PARAMETER,
                    field + " must be " + rule + "; got " + Printable.quoted(value) + ".");
        }
        return value;
    }
}
