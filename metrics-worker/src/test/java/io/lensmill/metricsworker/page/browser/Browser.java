package io.lensmill.metricsworker.page.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Headless Chromium, driven through its DevTools protocol. */
final class Browser {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PROGRAMS = List.of("chromium", "chromium-browser", "google-chrome");

    private final Process process;
    private final DevTools tools;

    private Browser(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /** The first of the known programs on the path. */
    static Optional<Path> program() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> PROGRAMS.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param profile an empty folder for what the browser writes, for some moments after its end too */
    static Browser start(Path program, Path profile) throws Exception {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--disable-background-networking",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile.toAbsolutePath(),
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromium.log").toFile())
                .start();
        try {
            Path port = profile.resolve("DevToolsActivePort");
            Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(port) && Files.size(port) > 0);
            DevTools tools =
                    DevTools.connect(pageSocket(Files.readAllLines(port).get(0)));
            tools.call("Page.enable", Map.of());
            tools.call("Network.enable", Map.of());
            return new Browser(process, tools);
        } catch (Exception | Error e) {
            process.destroyForcibly();
            throw e;
        }
    }

    void open(URI address) {
        tools.call("Page.navigate", Map.of("url", address.toString()));
    }

    void window(int width, int height) {
        tools.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    void colourScheme(String scheme) {
        tools.call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void press(String key, int code) {
        for (String type : List.of("keyDown", "keyUp")) {
            tools.call("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "windowsVirtualKeyCode", code));
        }
    }

    /** The value of an expression in the page. */
    JsonNode evaluate(String expression) {
        return tools.call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
                .at("/result/value");
    }

    /** Addresses of all requests so far. */
    List<String> requests() {
        return tools.requests();
    }

    void screenshot(Path file) throws IOException {
        String data = tools.call("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data")
                .textValue();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    void close() throws Exception {
        tools.close();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static URI pageSocket(String port) throws Exception {
        URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
        HttpClient client = HttpClient.newHttpClient();
        for (JsonNode target :
                JSON.readTree(client.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                        .body())) {
            if (target.get("type").textValue().equals("page")) {
                return URI.create(target.get("webSocketDebuggerUrl").textValue());
            }
        }
        throw new IOException("The browser has no page");
    }
}
