package io.lensmill.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Sends a request again that was not answered, or turned away by a busy store, with growing pauses and for a while: one
 * part of an upload or one image of thousands must not make all the others travel again.
 */
final class PatientRequests implements Interceptor {

    /** Request timeout, too many requests, nginx and Cloudflare on their own behalf, and the store's own troubles. */
    private static final Set<Integer> BUSY = Set.of(408, 425, 429, 499, 500, 502, 503, 504, 520);

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    /** Words of an error that are worth reading; the SDK would take whatever comes into memory. */
    private static final long MOST_WORDS_BYTES = 64 * 1024;

    private final StoreObserver observer;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Duration patience;

    /** @param patience how long a request is sent again */
    PatientRequests(Duration patience, StoreObserver observer) {
        this.patience = patience;
        this.observer = observer;
    }

    /** For the requests that follow. */
    void setPatience(Duration patience) {
        this.patience = patience;
    }

    /** Ends all pauses, and sends nothing again from now on. */
    void close() {
        closed.countDown();
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        long longestPause = FIRST_PAUSE_MILLIS;
        while (true) {
            long pause = ThreadLocalRandom.current().nextLong(longestPause / 2, longestPause + 1);
            boolean again = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause) < until && closed.getCount() > 0;
            try {
                Response response = chain.proceed(chain.request());
                if (!again || !BUSY.contains(response.code())) {
                    return response.isSuccessful() ? response : withFewWords(response);
                }
                response.close();
            } catch (IOException e) {
                if (!again || chain.call().isCanceled()) {
                    throw e;
                }
            }
            observer.repeated();
            rest(pause);
            longestPause = Math.min(LONGEST_PAUSE_MILLIS, 2 * longestPause);
        }
    }

    private static Response withFewWords(Response response) throws IOException {
        try (ResponseBody whole = response.body()) {
            return response.newBuilder()
                    .body(whole == null ? null : response.peekBody(MOST_WORDS_BYTES))
                    .build();
        }
    }

    private void rest(long millis) throws IOException {
        try {
            if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                throw new IOException("The store was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted between two attempts");
        }
    }
}
