package io.lensmill.storage;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Asks again before it believes an answer that speaks against an object and that a hitch can bring about too: rights
 * that are just being changed, a connection that breaks. What comes out damaged in another way each time was not
 * damaged in the store.
 */
final class Doubts {

    private static final int ATTEMPTS = 4;
    /** A row of images of one bad folder does not wait for each of them: what was settled holds for its neighbours. */
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Duration doubt;
    private volatile boolean everSettled;
    private volatile long settledAt;

    Doubts(Duration doubt) {
        this.doubt = doubt;
    }

    <T> T settle(MinioCalls.Call<T> call) throws ObjectStoreException {
        ObjectDamagedException damage = null;
        for (int attempt = 1; true; attempt++) {
            try {
                return call.run();
            } catch (ObjectUnreadableException e) {
                if (attempt == ATTEMPTS || doubt.isZero()) {
                    settledAt = System.nanoTime();
                    everSettled = true;
                    throw e;
                }
                if (everSettled && System.nanoTime() - settledAt < SETTLED_NANOS) {
                    throw e;
                }
                rest(e, attempt);
            } catch (ObjectDamagedException e) {
                if (damage != null && !damage.getMessage().equals(e.getMessage())) {
                    throw new StoreUnavailableException(
                            "An object arrives damaged, in another way each time: " + e.getMessage(), e);
                }
                if (attempt == ATTEMPTS || doubt.isZero()) {
                    throw e;
                }
                damage = e;
                rest(e, attempt);
            }
        }
    }

    /** A seventh, two and four of the whole time. */
    private void rest(ObjectStoreException answer, int attempt) throws StoreUnavailableException {
        try {
            TimeUnit.MILLISECONDS.sleep(doubt.toMillis() * (1L << (attempt - 1)) / ((1 << (ATTEMPTS - 1)) - 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("Interrupted before this was certain: " + answer.getMessage(), answer);
        }
    }
}
