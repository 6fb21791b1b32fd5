package io.lensmill.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import okhttp3.Headers;

/**
 * Holds a body against the checksum that the store kept when it was written, where it kept one of the whole object
 * (headers {@code x-amz-checksum-…}, see
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">S3's guide</a>).
 */
final class BodyChecksum {

    private static final String PREFIX = "x-amz-checksum-";
    private static final List<String> ALGORITHMS = List.of("crc32c", "crc32", "sha256", "sha1");

    private BodyChecksum() {}

    /** @throws ObjectDamagedException when the body has another checksum */
    static void check(Headers headers, byte[] body, String address) throws ObjectDamagedException {
        for (String algorithm : ALGORITHMS) {
            String kept = headers.get(PREFIX + algorithm);
            // That of an upload in parts is of the parts' checksums: "…-3".
            if (kept != null && !kept.contains("-") && !"COMPOSITE".equals(headers.get(PREFIX + "type"))) {
                String found = Base64.getEncoder().encodeToString(of(algorithm, body));
                if (!found.equals(kept)) {
                    throw new ObjectDamagedException("The object has the " + algorithm + " " + found
                            + " where the store kept " + kept + ": " + address);
                }
            }
        }
    }

    private static byte[] of(String algorithm, byte[] body) {
        return switch (algorithm) {
            case "crc32" -> of(new CRC32(), body);
            case "crc32c" -> of(new CRC32C(), body);
            case "sha1" -> digest("SHA-1", body);
            default -> digest("SHA-256", body);
        };
    }

    /** Four bytes, the highest first. */
    private static byte[] of(Checksum checksum, byte[] body) {
        checksum.update(body, 0, body.length);
        int value = (int) checksum.getValue();
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }

    private static byte[] digest(String name, byte[] body) {
        try {
            return MessageDigest.getInstance(name).digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has " + name, e);
        }
    }
}
