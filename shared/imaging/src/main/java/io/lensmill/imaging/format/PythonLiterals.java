package io.lensmill.imaging.format;

import io.lensmill.imaging.ImageFormatException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the few Python literals that a {@code .npy} header is made of, as Python 2 and 3 write them: strings in either
 * quotes, with or without u before them; True and False; tuples of integers, with or without L behind them.
 */
final class PythonLiterals {

    private static final int MAX_STRING = 64;

    /** More digits than a dimension below ten thousand million has. */
    private static final int MAX_DIGITS = 10;

    private static final int MAX_INTEGERS = 100;

    private final String text;
    private int at;

    PythonLiterals(String text) {
        this.text = text;
    }

    /** Goes over a character if it is the next one; space before it is nothing. */
    boolean take(char wanted) {
        skipSpace();
        if (at >= text.length() || text.charAt(at) != wanted) {
            return false;
        }
        at++;
        return true;
    }

    void require(char wanted) throws ImageFormatException {
        if (!take(wanted)) {
            throw malformed("it has " + found() + " where '" + wanted + "' belongs");
        }
    }

    void requireEnd() throws ImageFormatException {
        skipSpace();
        if (at < text.length()) {
            throw malformed("it has " + found() + " behind its end");
        }
    }

    String string() throws ImageFormatException {
        boolean unicode = take('u') || take('U');
        char quote = take('\'') ? '\'' : '"';
        if (quote == '"' && !take('"')) {
            throw malformed("it has " + (unicode ? "u" : found()) + " where a string belongs");
        }
        int end = text.indexOf(quote, at);
        String content = end < 0 ? null : text.substring(at, end);
        if (content == null || content.length() > MAX_STRING || !content.matches("[ -\\[\\]-~]*")) {
            throw malformed("a string of it is not closed, too long, or not plain");
        }
        at = end + 1;
        return content;
    }

    boolean bool() throws ImageFormatException {
        skipSpace();
        for (String word : new String[] {"True", "False"}) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("True");
            }
        }
        throw malformed("fortran_order must be True or False; it has " + found());
    }

    List<Long> integers() throws ImageFormatException {
        require('(');
        List<Long> integers = new ArrayList<>();
        while (!take(')')) {
            integers.add(integer());
            if (!take(',')) {
                require(')');
                break;
            }
            if (integers.size() > MAX_INTEGERS) {
                throw malformed("its shape has more than " + MAX_INTEGERS + " dimensions");
            }
        }
        return List.copyOf(integers);
    }

    private long integer() throws ImageFormatException {
        skipSpace();
        int begin = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == begin || at - begin > MAX_DIGITS) {
            throw malformed("a dimension of its shape is no number below ten thousand million");
        }
        long value = Long.parseLong(text.substring(begin, at));
        if (at < text.length() && (text.charAt(at) == 'L' || text.charAt(at) == 'l')) {
            at++;
        }
        return value;
    }

    ImageFormatException malformed(String detail) {
        return ImageFormatException.undecodable("The .npy header is malformed: " + detail + ".");
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String found() {
        if (at >= text.length()) {
            return "nothing";
        }
        char next = text.charAt(at);
        return next > ' ' && next <= '~' ? "'" + next + "'" : "the byte " + (int) next;
    }
}
