package io.lensmill.embedded;

import io.lensmill.storage.StoreSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/**
 * A real S3 server (S3Proxy) in this process, over a directory: a bucket is a folder, an object a file.
 *
 * <p>It listens on 127.0.0.1 only and asks for AWS signatures of version 4. Every start draws new credentials, which
 * are kept in memory only. Its directory survives: a later server on the same directory serves the same objects.
 *
 * <p>What a file system cannot do, this store cannot: an object {@code a} beside an object {@code a/b}, or a part of a
 * key of more than 255 bytes. Keys beyond ASCII need a JVM whose file names are UTF-8 (a UTF-8 locale, or
 * {@code -Dsun.jnu.encoding=UTF-8}).
 */
public final class EmbeddedObjectStore implements AutoCloseable {

    private static final String LOOPBACK = "http://127.0.0.1:";
    private static final String BUCKET = "lensmill";
    private static final String REGION = "us-east-1";
    private static final int ACCESS_KEY_BYTES = 10;
    private static final int SECRET_KEY_BYTES = 32;
    private static final int MAX_THREADS = 32;
    /** No waiting for clients that stay connected: writes are atomic, so cutting one off leaves no half object. */
    private static final long STOP_TIMEOUT_MS = 0;

    private final S3Proxy server;
    private final StoreSettings settings;

    private EmbeddedObjectStore(S3Proxy server, StoreSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    /**
     * Starts a server on any free port.
     *
     * @param dataDir a new or empty directory, or that of an earlier server
     * @throws IOException when the server does not start
     */
    public static EmbeddedObjectStore start(Path dataDir) throws IOException {
        return start(dataDir, 0);
    }

    /**
     * Starts a server and returns when clients can use it.
     *
     * @param dataDir a new or empty directory, or that of an earlier server
     * @param port port to listen on, 0 for any that is free
     * @throws IOException when the server does not start, for example because the port is taken
     */
    public static EmbeddedObjectStore start(Path dataDir, int port) throws IOException {
        Ports.check(port);
        QuietLogging.apply();
        Path directory = Files.createDirectories(dataDir).toAbsolutePath().normalize();
        String accessKey = randomHex(ACCESS_KEY_BYTES);
        String secretKey = randomHex(SECRET_KEY_BYTES);
        S3Proxy server = S3Proxy.builder()
                .endpoint(URI.create(LOOPBACK + port))
                .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                .blobStore(new FileObjects(directory))
                .ignoreUnknownHeaders(true)
                .jettyMaxThreads(MAX_THREADS)
                .stopTimeout(STOP_TIMEOUT_MS)
                .build();
        run(server, directory, port);
        String endpoint = LOOPBACK + server.getPort();
        return new EmbeddedObjectStore(server, new StoreSettings(endpoint, accessKey, secretKey, BUCKET, REGION));
    }

    /** How to reach the server: its address, this start's credentials, bucket "lensmill". */
    public StoreSettings settings() {
        return settings;
    }

    /** Stops the server and cuts off the requests under way. Closing twice does nothing more. */
    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("The object store at " + settings.endpoint() + " did not stop", e);
        }
    }

    private static void run(S3Proxy server, Path directory, int port) throws IOException {
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException(
                    "The object store did not start on %s%d with its data in %s".formatted(LOOPBACK, port, directory),
                    e);
        }
    }

    private static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
