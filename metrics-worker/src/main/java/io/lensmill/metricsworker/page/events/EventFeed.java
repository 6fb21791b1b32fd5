package io.lensmill.metricsworker.page.events;

import io.lensmill.metricsworker.page.state.Changes;
import io.lensmill.metricsworker.page.state.PageState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Server-sent events for every reader at its own pace. Nothing is queued: a reader is told, when it can take something,
 * what changed since it was last told. A slow one gets fewer and larger events, and costs no memory meanwhile.
 */
public final class EventFeed {

    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final String FIRST = "retry: 2000\n\n";
    private static final String HEARTBEAT = "event: heartbeat\ndata: {}\n\n";

    private final PageState state;
    private final Function<Changes, String> json;
    private final int mostReaders;
    private final List<Reader> readers = new CopyOnWriteArrayList<>();

    /**
     * @param json writes changes without a line break
     * @param mostReaders readers at a time
     */
    public EventFeed(PageState state, Function<Changes, String> json, int mostReaders) {
        this.state = state;
        this.json = json;
        this.mostReaders = mostReaders;
    }

    /** Somebody at the other end of a connection. */
    public interface Connection {

        /** Whether it has ended: nothing will be read from it any more. */
        boolean gone();

        /** Whether what was written last still waits to be sent. */
        boolean busy();

        void write(String text);
    }

    /**
     * @param lastEventId id of the last event that the reader has seen on an earlier connection; null: none
     * @return false when there are too many readers
     */
    public synchronized boolean add(Connection connection, String lastEventId, long nowMillis) {
        if (readers.size() >= mostReaders) {
            return false;
        }
        connection.write(FIRST);
        readers.add(new Reader(connection, seen(lastEventId), nowMillis));
        return true;
    }

    /**
     * Tells every reader that can take it what it has not seen, or that we are still here, and forgets those that have
     * left. For one thread; it holds no lock while it writes.
     */
    public void tick(long nowMillis) {
        readers.removeIf(reader -> reader.connection.gone());
        long version = state.version();
        Map<Long, Event> events = new HashMap<>();
        for (Reader reader : readers) {
            if (reader.connection.busy()) {
                continue;
            }
            if (reader.seen != version) {
                // The empty state of a worker that has just begun is news as well: the page then says what to do.
                Event event = events.computeIfAbsent(reader.seen, this::event);
                reader.write(event.text(), nowMillis);
                reader.seen = event.version();
            } else if (nowMillis - reader.lastWritten >= HEARTBEAT_MILLIS) {
                reader.write(HEARTBEAT, nowMillis);
            }
        }
    }

    private Event event(long seen) {
        Changes changes = state.since(seen);
        String text = "id: %s/%d\nevent: changes\ndata: %s\n\n"
                .formatted(changes.instance(), changes.version(), json.apply(changes));
        return new Event(changes.version(), text);
    }

    /** The version may be newer than the one that was asked for: the state moves on meanwhile. */
    private record Event(long version, String text) {}

    /** -1, which is no version, for a reader that knows nothing of this run. */
    private long seen(String lastEventId) {
        String ours = state.instance() + "/";
        if (lastEventId == null || !lastEventId.startsWith(ours)) {
            return -1;
        }
        String version = lastEventId.substring(ours.length());
        return version.matches("\\d{1,18}") ? Long.parseLong(version) : -1;
    }

    private static final class Reader {

        private final Connection connection;
        private long seen;
        private long lastWritten;

        Reader(Connection connection, long seen, long nowMillis) {
            this.connection = connection;
            this.seen = seen;
            this.lastWritten = nowMillis;
        }

        void write(String text, long nowMillis) {
            connection.write(text);
            lastWritten = nowMillis;
        }
    }
}
