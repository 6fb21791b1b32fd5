package io.lensmill.classifier;

import io.lensmill.worker.MessageSender;
import io.lensmill.worker.MessageSender.Substitute;
import io.lensmill.worker.RetryingThread;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes outcomes, in the order of their batches, while the network computes the next ones. */
@Singleton
final class WritingThread {

    private final MessageSender sender;
    private final RetryingThread thread;

    WritingThread(MessageSender sender, ComputeThreads threads) {
        this.sender = sender;
        this.thread = new RetryingThread(threads.plain("writing"));
    }

    /**
     * @param records makes the records, on this thread
     * @return completes when the broker has all of them; never, when the worker shuts down before
     */
    CompletionStage<Void> write(Supplier<List<ProducerRecord<String, byte[]>>> records) {
        return thread.handle("Writing outcomes", () -> {
            sender.send(records.get());
            return null;
        });
    }

    /**
     * As {@link #write(Supplier)}, with something else in place of an outcome that its topic does not take.
     *
     * @return completes with the places of the records that something else went for
     */
    CompletionStage<Set<Integer>> write(Supplier<List<ProducerRecord<String, byte[]>>> records, Substitute substitute) {
        return thread.handle("Writing outcomes", () -> sender.send(records.get(), substitute));
    }

    /** What went wrong last, while it has not gone right since. */
    Optional<String> trouble() {
        return thread.trouble();
    }

    /** Lets the writing at work end if it can end soon. */
    void stop(Duration patience) throws InterruptedException {
        thread.stop(patience, () -> {});
    }
}
