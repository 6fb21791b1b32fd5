package io.lensmill.metricsworker.page.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One page's connection: calls and their answers, and the requests that the page makes. */
final class DevTools implements WebSocket.Listener {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private WebSocket socket;
    private int calls;

    static DevTools connect(URI address) throws Exception {
        DevTools tools = new DevTools();
        tools.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, tools)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return tools;
    }

    JsonNode call(String method, Map<String, Object> parameters) {
        int id = ++calls;
        try {
            socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            JsonNode answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (answer == null || answer.get("id").intValue() != id || answer.has("error")) {
                throw new AssertionError(method + " was answered by " + answer);
            }
            return answer.get("result");
        } catch (Exception e) {
            throw new AssertionError(method + " failed", e);
        }
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    void close() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            handle(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void handle(String message) {
        try {
            JsonNode node = JSON.readTree(message);
            if (node.has("id")) {
                answers.add(node);
            } else if (node.path("method").asText().equals("Network.requestWillBeSent")) {
                requests.add(node.at("/params/request/url").textValue());
            }
        } catch (IOException e) {
            throw new AssertionError("Not JSON: " + message, e);
        }
    }
}
