package io.lensmill.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisionTest {

    @TempDir
    private Path folder;

    private ChildProcess child;

    @AfterEach
    void stopChild() {
        if (child != null && child.alive()) {
            child.askToStop();
            child.awaitStop(Duration.ofMillis(100));
        }
    }

    @Test
    void deathIsReportedWithExitCodeAndLog() throws Exception {
        // Given
        CompletableFuture<ChildProcess> dead = new CompletableFuture<>();
        child = start("fail");
        // When
        child.whenItDies(dead::complete);
        // Then
        assertThat(dead.get(20, TimeUnit.SECONDS).obituary())
                .contains("worker ended with exit code 3.")
                .contains("child: fail, variable from the parent");
    }

    @Test
    void stoppingOnPurposeIsNoDeath() throws Exception {
        // Given
        CompletableFuture<ChildProcess> dead = new CompletableFuture<>();
        child = running("wait");
        child.whenItDies(dead::complete);
        // When
        child.askToStop();
        child.awaitStop(Duration.ofSeconds(20));
        // Then
        assertThat(child.alive()).isFalse();
        assertThat(dead).isNotDone();
    }

    @Test
    void programThatDoesNotStopIsKilled() throws Exception {
        // Given
        child = running("stubborn");
        // When
        child.askToStop();
        child.awaitStop(Duration.ofMillis(300));
        // Then
        assertThat(child.alive()).isFalse();
    }

    @Test
    void cleanUpRunsWhenToldToEnd() throws Exception {
        // Given
        Path mark = folder.resolve("mark");
        child = running("clean-up", mark.toString());
        // When: SIGTERM
        child.askToStop();
        child.awaitStop(Duration.ofSeconds(20));
        // Then
        assertThat(mark).hasContent("cleaned up");
    }

    @Test
    void cleanUpRunsOnce() {
        // Given
        List<String> runs = new ArrayList<>();
        StopOnExit stop = new StopOnExit(() -> runs.add("run"));
        // When
        stop.close();
        stop.close();
        // Then
        assertThat(runs).hasSize(1);
        assertThat(stop.begun()).isTrue();
    }

    @Test
    void readinessSeesAChildThatDies() throws Exception {
        child = start("fail");
        assertThatThrownBy(() -> new Readiness().await(child, 1, Duration.ofSeconds(20)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("exit code 3");
    }

    @Test
    void readinessGivesUpWithWhatTheWorkerSays() throws Exception {
        // Given
        child = running("wait");
        HttpServer server = serverAnswering(503, "{\"status\":\"DOWN\",\"why\":\"no broker\"}");
        // When, Then
        assertThatThrownBy(
                        () -> new Readiness().await(child, server.getAddress().getPort(), Duration.ofMillis(700)))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("no broker")
                .hasMessageContaining("child: running");
        server.stop(0);
    }

    @Test
    void readinessReturnsWhenTheWorkerIsReady() throws Exception {
        // Given
        child = running("wait");
        HttpServer server = serverAnswering(200, "{}");
        // When
        new Readiness().await(child, server.getAddress().getPort(), Duration.ofSeconds(20));
        // Then
        assertThat(child.alive()).isTrue();
        server.stop(0);
    }

    @Test
    void secondUpInTheSameFolderIsRefused() throws Exception {
        // Given
        Path data = folder.resolve("data");
        Path log = folder.resolve("second.log");
        try (DataDirectory first = DataDirectory.open(data)) {
            // When: another JVM tries, since a JVM's own second lock is another error
            child = ChildProcess.start(
                    "second", java("io.lensmill.local.LockProgram", data.toString()), Map.of(), folder, log);
            child.awaitStop(Duration.ofSeconds(20));
            // Then
            assertThat(log).content().contains("Another 'lensmill up' works in " + first.path());
        }
    }

    @Test
    void missingRunnerSaysHowToBuildIt() {
        LocalStack stack = new LocalStack(folder, folder.resolve("data"), Ports.free());
        assertThatThrownBy(() -> stack.startWorker(Worker.CLASSIFIER))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("classifier-worker is not built")
                .hasMessageContaining("./mvnw");
    }

    @Test
    void usualPortThatIsTakenIsNamed() throws IOException {
        // Given
        HttpServer holder = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        holder.start();
        // When, Then
        assertThatThrownBy(() -> Ports.requireFree(holder.getAddress().getPort()))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining(holder.getAddress().getPort() + " of 127.0.0.1 is taken")
                .hasMessageContaining("--free-ports");
        holder.stop(0);
    }

    @Test
    void newerJavaGetsTheFlagsItKnows() {
        assertThat(JavaFlags.forNativeCode(17)).isEmpty();
        assertThat(JavaFlags.forNativeCode(22)).containsExactly("--enable-native-access=ALL-UNNAMED");
        assertThat(JavaFlags.forNativeCode(25)).hasSize(2);
    }

    private ChildProcess running(String... arguments) throws IOException {
        ChildProcess started = start(arguments);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Files.readString(started.log()).contains("child: running"));
        return started;
    }

    private ChildProcess start(String... arguments) throws IOException {
        return ChildProcess.start(
                "worker",
                java("io.lensmill.local.ChildProgram", arguments),
                Map.of("CHILD_VARIABLE", "from the parent"),
                folder,
                folder.resolve("logs/worker.log"));
    }

    private static List<String> java(String program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                program));
        command.addAll(List.of(arguments));
        return command;
    }

    private static HttpServer serverAnswering(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(status, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
        return server;
    }
}
