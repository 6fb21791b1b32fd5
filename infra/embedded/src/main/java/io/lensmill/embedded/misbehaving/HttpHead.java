package io.lensmill.embedded.misbehaving;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The lines before the body of a request or an answer (RFC 9112), kept as they came.
 *
 * @param first request line or status line
 * @param fields lines of the form "Name: value"
 */
record HttpHead(String first, List<String> fields) {

    private static final int MOST_BYTES = 64 * 1024;

    /** Empty when the connection ends first. */
    static Optional<HttpHead> read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2) {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            if (bytes.size() >= MOST_BYTES) {
                throw new IOException("A head of more than " + MOST_BYTES + " bytes");
            }
            bytes.write(next);
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
        }
        List<String> lines = new ArrayList<>(
                List.of(bytes.toString(StandardCharsets.ISO_8859_1).strip().split("\r\n")));
        return Optional.of(new HttpHead(lines.remove(0), lines));
    }

    String method() {
        return first.substring(0, first.indexOf(' '));
    }

    /** The decoded key of a request by path, "" when it is for the bucket. */
    String key() {
        int target = first.indexOf(' ') + 1;
        String path = first.substring(target, first.indexOf(' ', target)).replaceFirst("\\?.*", "");
        String inBucket = path.replaceFirst("^/[^/]*/?", "");
        return URLDecoder.decode(inBucket.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    Optional<String> field(String name) {
        String begin = name.toLowerCase(Locale.ROOT) + ":";
        return fields.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(begin))
                .map(line -> line.substring(begin.length()).strip())
                .findFirst();
    }

    /** The same with this field in place of any of its name. */
    HttpHead with(String name, String value) {
        List<String> others = new ArrayList<>(fields);
        others.removeIf(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"));
        others.add(name + ": " + value);
        return new HttpHead(first, others);
    }

    /** Bytes of the body, 0 when the head does not say. */
    long length() {
        return field("Content-Length").map(Long::parseLong).orElse(0L);
    }

    byte[] bytes() {
        String lines = first + "\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
        return lines.getBytes(StandardCharsets.ISO_8859_1);
    }
}
