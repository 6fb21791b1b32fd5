package io.lensmill.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Ends one HTTP call when an attempt takes longer than its bytes may: a store that trickles holds no thread for ever.
 * The silence timeouts of the client end what stands still, long before.
 */
final class AttemptDeadline extends EventListener {

    /** An answer that does not tell its length, as a proxy's: what the largest image may have. */
    private static final long UNKNOWN_BYTES = 32L * 1024 * 1024;

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final StorePatience patience;
    private Future<?> end;

    AttemptDeadline(StorePatience patience) {
        this.patience = patience;
    }

    /** Whether this is what a call says that was ended: okhttp has no exception of its own for it. */
    static boolean hasEnded(Throwable failure) {
        // Timeouts of the connection are of this kind too, and have their own words.
        return failure instanceof IOException
                && !(failure instanceof InterruptedIOException)
                && ("Canceled".equals(failure.getMessage()) || "Socket closed".equals(failure.getMessage()));
    }

    @Override
    public void callStart(Call call) {
        from(call, 0);
    }

    /** Each attempt at a request begins here, with a connection that may have been there before. */
    @Override
    public void connectionAcquired(Call call, Connection connection) {
        from(call, lengthOf(call.request()));
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        // Its body is not there yet at this moment.
        String length = response.header("Content-Length");
        boolean known = length != null && length.matches("\\d{1,15}");
        from(call, known ? Long.parseLong(length) : UNKNOWN_BYTES);
    }

    @Override
    public void callEnd(Call call) {
        over();
    }

    @Override
    public void callFailed(Call call, IOException failure) {
        over();
    }

    private synchronized void from(Call call, long bytes) {
        over();
        end = TIMER.schedule(call::cancel, patience.attemptOf(bytes).toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void over() {
        if (end != null) {
            end.cancel(false);
        }
        end = null;
    }

    private static long lengthOf(Request request) {
        RequestBody body = request.body();
        try {
            return body == null ? 0 : body.contentLength();
        } catch (IOException e) {
            return UNKNOWN_BYTES;
        }
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "object-store-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
