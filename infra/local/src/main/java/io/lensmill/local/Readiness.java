package io.lensmill.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** Waits until a worker's {@code /q/health/ready} answers 200. */
final class Readiness {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /**
     * @throws StartFailure when the program ends or the time is up; the message holds the tail of its log
     */
    void await(ChildProcess child, int port, Duration limit) throws InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
        Instant deadline = Instant.now().plus(limit);
        String answer = "nothing yet";
        while (Instant.now().isBefore(deadline)) {
            if (!child.alive()) {
                throw new StartFailure(child.obituary());
            }
            answer = ask(address);
            if (answer.isEmpty()) {
                return;
            }
            Thread.sleep(PAUSE.toMillis());
        }
        throw new StartFailure(child.name() + " was not ready after " + limit.toSeconds() + " s (" + address + ": "
                + answer + "). Last lines of " + child.log() + ":\n" + LogTail.of(child.log()));
    }

    /** Empty when ready, otherwise what it said. */
    private String ask(URI address) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == OK ? "" : response.statusCode() + " " + oneLine(response.body());
        } catch (IOException e) {
            return e.getClass().getSimpleName();
        }
    }

    private static String oneLine(String body) {
        String line = body.replaceAll("\\s+", " ");
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }
}
