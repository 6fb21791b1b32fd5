package io.lensmill.embedded.misbehaving;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One request and its answer, with or without a fault. */
final class Exchange {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int ALL = Integer.MAX_VALUE;

    private final HttpHead request;
    private final InputStream body;
    private final OutputStream client;
    private final Upstream upstream;

    /** Connects to the store behind. */
    @FunctionalInterface
    interface Upstream {
        Socket connect() throws IOException;
    }

    Exchange(HttpHead request, InputStream body, OutputStream client, Upstream upstream) {
        this.request = request;
        this.body = body;
        this.client = client;
        this.upstream = upstream;
    }

    void run(Optional<Fault> fault) throws IOException {
        if (fault.isEmpty()) {
            forward(new Rate(0), ALL, false);
        } else if (fault.get() instanceof Fault.Slow slow) {
            forward(new Rate(slow.bytesPerSecond()), ALL, false);
        } else if (fault.get() instanceof Fault.CutShort cut) {
            forward(new Rate(0), cut.bytes(), false);
        } else if (fault.get() instanceof Fault.Damaged) {
            forward(new Rate(0), ALL, true);
        } else {
            // A client that is cut off in the middle of its body would see that, and not the answer.
            copy(body, OutputStream.nullOutputStream(), request.length(), new Rate(0));
            answer(fault.get());
        }
    }

    private void answer(Fault fault) throws IOException {
        if (fault instanceof Fault.Answer answer) {
            String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + answer.code()
                    + "</Code><Message>Misbehaving on demand</Message><RequestId>0</RequestId></Error>";
            answer(answer.status(), "application/xml", xml);
        } else if (fault instanceof Fault.Page page) {
            answer(page.status(), "text/html", "<html><body><h1>" + page.status() + "</h1></body></html>");
        }
    }

    private void answer(int status, String type, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        boolean head = request.method().equals("HEAD");
        HttpHead answer = new HttpHead(
                "HTTP/1.1 " + status + " Misbehaving",
                List.of(
                        "Content-Type: " + type,
                        "Content-Length: " + (head ? 0 : content.length),
                        "Connection: close"));
        client.write(answer.bytes());
        client.write(content, 0, head ? 0 : content.length);
        client.flush();
    }

    /** @param most bytes of the answer's body that are sent */
    private void forward(Rate rate, int most, boolean damaged) throws IOException {
        try (Socket store = upstream.connect();
                InputStream answers = new BufferedInputStream(store.getInputStream())) {
            OutputStream out = store.getOutputStream();
            out.write(request.with("Connection", "close").bytes());
            if (request.field("Expect").isPresent()) {
                client.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
            copy(body, out, request.length(), rate);
            out.flush();
            HttpHead answer = HttpHead.read(answers).orElseThrow(() -> new IOException("No answer from behind"));
            if (damaged) {
                sendDamaged(answer, answers.readAllBytes());
            } else {
                client.write(answer.bytes());
                copy(answers, client, most, rate);
            }
            client.flush();
        }
    }

    private void sendDamaged(HttpHead answer, byte[] content) throws IOException {
        HttpHead named = answer.with("x-amz-checksum-sha256", sha256(content));
        if (content.length > 0) {
            content[content.length / 2] ^= 1;
        }
        client.write(named.bytes());
        client.write(content);
    }

    private static String sha256(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }

    private static void copy(InputStream from, OutputStream to, long most, Rate rate) throws IOException {
        byte[] buffer = new byte[rate.bytesAtOnce()];
        long left = most;
        while (left > 0) {
            int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                return;
            }
            to.write(buffer, 0, read);
            to.flush();
            left -= read;
            rate.rest(read);
        }
    }

    /** @param bytesPerSecond 0 for as many as there are */
    private record Rate(int bytesPerSecond) {

        int bytesAtOnce() {
            return bytesPerSecond == 0 ? BUFFER_BYTES : Math.max(1, Math.min(BUFFER_BYTES, bytesPerSecond / 10));
        }

        void rest(int bytes) throws IOException {
            if (bytesPerSecond > 0) {
                try {
                    TimeUnit.NANOSECONDS.sleep(bytes * 1_000_000_000L / bytesPerSecond);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("Closed", e);
                }
            }
        }
    }
}
