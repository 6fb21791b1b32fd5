package io.lensmill.metricsworker.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventConnectionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MEGABYTE = "x".repeat(1024 * 1024);
    /** More than the buffers of both ends of a socket hold. */
    private static final int MOST_MEGABYTES = 64;

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<EventConnection> opened = new CompletableFuture<>();
    private HttpServer server;
    private Socket reader;
    private EventConnection connection;

    @BeforeEach
    void openAConnection() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> opened.complete(new EventConnection(request.response())))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        reader = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
        reader.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        connection = opened.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @AfterEach
    void closeAll() throws Exception {
        reader.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void isBusyWhileItsReaderDoesNotRead() {
        // Given
        boolean atFirst = connection.busy();
        // When
        int written = 0;
        while (!connection.busy() && written < MOST_MEGABYTES) {
            connection.write(MEGABYTE);
            written++;
        }
        boolean full = connection.busy();
        long waiting = written * 1024L * 1024;
        Thread reading = new Thread(() -> read(waiting));
        reading.start();
        // Then
        assertThat(atFirst).isFalse();
        assertThat(full).isTrue();
        await().atMost(PATIENCE).until(() -> !connection.busy());
    }

    @Test
    void isGoneWhenItsReaderHasLeft() throws Exception {
        // Given
        boolean atFirst = connection.gone();
        // When
        reader.close();
        // Then
        assertThat(atFirst).isFalse();
        await().atMost(PATIENCE).until(connection::gone);
    }

    private void read(long bytes) {
        try {
            reader.getInputStream().skipNBytes(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
