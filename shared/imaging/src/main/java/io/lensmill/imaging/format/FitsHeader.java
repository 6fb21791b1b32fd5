package io.lensmill.imaging.format;

import io.lensmill.imaging.ImageFormatException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One header of a FITS file: 80-character cards in blocks of 2,880 bytes (version 4.0 of the standard, section 4).
 * Values
 * are taken as written; who asks for a number gets a number or a refusal that names the keyword.
 */
final class FitsHeader {

    static final int BLOCK_BYTES = 2880;

    private static final int CARD_BYTES = 80;
    private static final int KEYWORD_BYTES = 8;

    /** Longest header that is read: 36,000 cards. Files with the history of every input have some thousands. */
    private static final int MAX_BYTES = 1000 * BLOCK_BYTES;

    /** Longest text that is put together of CONTINUE cards, in characters; the rest is left out. */
    private static final int MAX_TEXT = 4096;

    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,19}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([EeDd][+-]?\\d{1,4})?");
    private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");

    /** Keywords that say how the data lie in the file; with an axis, column or parameter number or without. */
    private static final Pattern STRUCTURAL = Pattern.compile(
            "SIMPLE|XTENSION|BITPIX|NAXIS|PCOUNT|GCOUNT|GROUPS|BSCALE|BZERO|BLANK|TFIELDS|THEAP|TFORM|TTYPE"
                    + "|ZIMAGE|ZTABLE|ZCMPTYPE|ZBITPIX|ZNAXIS|ZTILE|ZNAME|ZVAL|ZSCALE|ZZERO|ZBLANK|ZQUANTIZ|ZDITHER");

    private final Map<String, Value> values = new HashMap<>();
    private final Set<String> contradicted = new HashSet<>();
    private final int dataOffset;

    /** @param quoted whether it stood within quotes */
    private record Value(String text, boolean quoted) {}

    /**
     * @param start where the header begins in the file
     * @throws ImageFormatException UNDECODABLE when it has no end, TOO_LARGE when it has more than 36,000 cards
     */
    FitsHeader(byte[] file, int start) throws ImageFormatException {
        int at = start;
        String continued = null;
        while (true) {
            if (at - start >= MAX_BYTES) {
                throw ImageFormatException.tooLarge("A FITS header has more than " + MAX_BYTES / CARD_BYTES
                        + " cards, which is the most that is read.");
            }
            if (at + CARD_BYTES > file.length) {
                throw ImageFormatException.undecodable(
                        "The FITS file is damaged or cut off: the header at byte " + start + " has no END.");
            }
            String card = new String(file, at, CARD_BYTES, StandardCharsets.ISO_8859_1);
            at += CARD_BYTES;
            String keyword = card.substring(0, KEYWORD_BYTES).strip().toUpperCase(Locale.ROOT);
            if (keyword.equals("END") && card.charAt(KEYWORD_BYTES) != '=') {
                break;
            }
            continued = add(keyword, card, continued);
        }
        dataOffset = (int) Math.min(file.length, start + blocks((long) at - start));
    }

    /** Bytes of whole blocks that hold so many. */
    static long blocks(long bytes) {
        return (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    /** First byte behind the header's blocks, or the file's length. */
    int dataOffset() {
        return dataOffset;
    }

    boolean has(String keyword) {
        return values.containsKey(keyword);
    }

    /** The value as text without quotes, unprintable characters as question marks; empty when there is none. */
    String text(String keyword) {
        Value value = values.get(keyword);
        return value == null
                ? ""
                : UNPRINTABLE.matcher(value.text).replaceAll("?").strip();
    }

    boolean isTrue(String keyword) {
        Value value = values.get(keyword);
        return value != null && !value.quoted && value.text.equals("T");
    }

    /** The value, or what is given when it is missing or no number: for what only accompanies an image. */
    double numberOr(String keyword, double otherwise) {
        Value value = values.get(keyword);
        return value == null || !NUMBER.matcher(value.text).matches() ? otherwise : parsed(value);
    }

    /** @throws ImageFormatException UNDECODABLE when it is there and no number */
    double number(String keyword, double whenMissing) throws ImageFormatException {
        Value value = values.get(keyword);
        if (value == null) {
            return whenMissing;
        }
        if (value.quoted || !NUMBER.matcher(value.text).matches()) {
            throw ImageFormatException.undecodable(keyword + " must be a number; got '" + text(keyword) + "'.");
        }
        return parsed(value);
    }

    /** @throws ImageFormatException UNDECODABLE when it is there and no whole number of 64 bits */
    long whole(String keyword, long whenMissing) throws ImageFormatException {
        Value value = values.get(keyword);
        if (value == null) {
            return whenMissing;
        }
        if (!value.quoted && WHOLE.matcher(value.text).matches()) {
            BigInteger exact = new BigInteger(value.text.startsWith("+") ? value.text.substring(1) : value.text);
            if (exact.bitLength() < Long.SIZE) {
                return exact.longValue();
            }
        }
        double number = number(keyword, 0);
        if (number != Math.rint(number) || Math.abs(number) > 1L << 53) {
            throw ImageFormatException.undecodable(keyword + " must be a whole number; got '" + text(keyword) + "'.");
        }
        return (long) number;
    }

    /** @throws ImageFormatException UNDECODABLE also when it is missing, negative or above the most */
    long whole(String keyword, long least, long most) throws ImageFormatException {
        if (!has(keyword)) {
            throw ImageFormatException.undecodable(keyword + " is missing.");
        }
        long value = whole(keyword, 0);
        if (value < least || value > most) {
            throw ImageFormatException.undecodable(
                    keyword + " must be " + least + " to " + most + "; got " + text(keyword) + ".");
        }
        return value;
    }

    /**
     * @throws ImageFormatException UNDECODABLE when a keyword that says how the data lie stands twice with different
     *     values: the standard leaves open which of them holds
     */
    void requireOneMeaning() throws ImageFormatException {
        for (String keyword : contradicted) {
            if (STRUCTURAL.matcher(keyword.replaceFirst("\\d+$", "")).matches()) {
                throw ImageFormatException.undecodable(
                        "The FITS header has " + UNPRINTABLE.matcher(keyword).replaceAll("?")
                                + " twice with different values, so that it does not say what the pixels are.");
            }
        }
    }

    /** @return the keyword whose text goes on in the next card, or null */
    private String add(String keyword, String card, String continued) {
        if (keyword.equals("CONTINUE") && continued != null) {
            Value more = value(card.substring(KEYWORD_BYTES));
            String begun = values.get(continued).text;
            values.put(continued, new Value(begun.substring(0, begun.length() - 1) + more.text, true));
            return more.text.endsWith("&") && begun.length() < MAX_TEXT ? continued : null;
        }
        if (card.charAt(KEYWORD_BYTES) != '=' || keyword.isEmpty()) {
            return null;
        }
        Value value = value(card.substring(KEYWORD_BYTES + 1));
        Value before = values.putIfAbsent(keyword, value);
        if (before != null) {
            if (!before.equals(value)) {
                contradicted.add(keyword);
            }
            return null;
        }
        return value.quoted && value.text.endsWith("&") ? keyword : null;
    }

    private static Value value(String field) {
        String text = field.strip();
        if (!text.startsWith("'")) {
            int comment = text.indexOf('/');
            return new Value((comment < 0 ? text : text.substring(0, comment)).strip(), false);
        }
        StringBuilder content = new StringBuilder();
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '\'') {
                if (i + 1 >= text.length() || text.charAt(i + 1) != '\'') {
                    break;
                }
                i++;
            }
            content.append(text.charAt(i));
        }
        return new Value(content.toString().stripTrailing(), true);
    }

    private static double parsed(Value value) {
        return Double.parseDouble(value.text.replace('D', 'E').replace('d', 'e'));
    }
}
