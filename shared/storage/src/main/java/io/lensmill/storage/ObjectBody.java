package io.lensmill.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import okhttp3.Headers;

/** Reads the content of an object from a store's answer, and tells what is cut short from what is too slow. */
final class ObjectBody {

    private static final int BUFFER_BYTES = 64 * 1024;

    private ObjectBody() {}

    /**
     * Every S3 store sends one of these with an object; what stands between may answer with a page of its own.
     *
     * @throws IOException when the answer has neither
     */
    static void requireS3(Headers headers) throws IOException {
        if (headers.get("ETag") == null && headers.get("x-amz-request-id") == null) {
            throw new IOException(
                    "the answer is not that of an S3 store: it has neither ETag nor x-amz-request-id; its type is "
                            + headers.get("Content-Type"));
        }
    }

    /**
     * @param limit checked before memory is reserved; where the store gives no size, while it is read
     * @throws ObjectDamagedException when the body ends before its announced size
     * @throws IOException when it does not come in time
     */
    static byte[] read(InputStream body, Headers headers, ObjectKey key, SizeLimit limit, String address)
            throws IOException {
        String length = headers.get("Content-Length");
        if (length == null || !length.matches("\\d{1,18}")) {
            return readToTheEnd(body, key, limit, address);
        }
        long size = Long.parseLong(length);
        limit.check(key, size);
        String whole = "its " + size + " bytes";
        byte[] content = new byte[(int) size];
        int done = 0;
        while (done < content.length) {
            int read = next(body, content, done, done, whole, address);
            if (read < 0) {
                throw cutShort(done, whole, address, null);
            }
            done += read;
        }
        return content;
    }

    private static byte[] readToTheEnd(InputStream body, ObjectKey key, SizeLimit limit, String address)
            throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        while (true) {
            int read = next(body, buffer, 0, content.size(), "all its chunks", address);
            if (read < 0) {
                return content.toByteArray();
            }
            limit.check(key, (long) content.size() + read);
            content.write(buffer, 0, read);
        }
    }

    /** @param done bytes that came before */
    private static int next(InputStream body, byte[] buffer, int from, long done, String whole, String address)
            throws IOException {
        try {
            return body.read(buffer, from, buffer.length - from);
        } catch (InterruptedIOException e) {
            // A timeout: slow, not short.
            throw e;
        } catch (IOException e) {
            if (AttemptDeadline.hasEnded(e)) {
                throw e;
            }
            throw cutShort(done, whole, address, e);
        }
    }

    private static ObjectDamagedException cutShort(long done, String whole, String address, IOException cause) {
        return new ObjectDamagedException(
                "The object ends after " + done + " bytes, before " + whole + ": " + address, cause);
    }
}
