package io.lensmill.metricsworker.page;

import io.lensmill.metricsworker.page.events.EventFeed;
import io.vertx.core.http.HttpServerResponse;

/** A browser's connection, as Vert.x has it. */
record EventConnection(HttpServerResponse response) implements EventFeed.Connection {

    /** Bytes that wait for a slow reader beside the one event that is being sent. */
    private static final int MOST_WAITING_BYTES = 16 * 1024;

    EventConnection {
        response.setChunked(true);
        response.setWriteQueueMaxSize(MOST_WAITING_BYTES);
        response.putHeader("Content-Type", "text/event-stream; charset=utf-8");
        response.putHeader("Cache-Control", "no-store");
    }

    @Override
    public boolean gone() {
        return response.ended() || response.closed();
    }

    @Override
    public boolean busy() {
        return response.writeQueueFull();
    }

    @Override
    public void write(String text) {
        response.write(text);
    }
}
