package io.lensmill.classifier;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Counts the batches that were taken and not finished, and says when there is room for another. */
final class BatchesInFlight {

    private final int most;
    private int batches;
    private int images;
    private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);

    /** @param most batches at once, at least 1 */
    BatchesInFlight(int most) {
        this.most = most;
    }

    /** @return completes when another batch may be taken */
    synchronized CompletionStage<Void> take(int size) {
        batches++;
        images += size;
        if (batches >= most) {
            room = new CompletableFuture<>();
        }
        return room;
    }

    /** A batch of this size is finished. */
    void finish(int size) {
        CompletableFuture<Void> opened;
        synchronized (this) {
            batches--;
            images -= size;
            opened = room;
        }
        opened.complete(null);
    }

    /** Images of all batches in hand. */
    synchronized int images() {
        return images;
    }
}
