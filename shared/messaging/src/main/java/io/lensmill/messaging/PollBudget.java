package io.lensmill.messaging;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Bounds the bytes that one poll brings. Kafka's own limits count compressed bytes: half a megabyte of zstd holds five
 * hundred records of twelve MiB of zeros. {@link RecordValueDeserializer} counts what it hands out and ends the poll
 * when the budget is spent; this interceptor, which sees each poll's end, lets the next one begin with a full budget.
 *
 * <p>The two meet in the thread that polls; a thread polls one consumer.
 */
public final class PollBudget implements ConsumerInterceptor<String, byte[]> {

    /** Values of one poll, and one more. A batch of 512 images of 64 px takes 8 MiB. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final ThreadLocal<long[]> SPENT = ThreadLocal.withInitial(() -> new long[1]);

    /** @return whether there is room; always for the first value of a poll */
    static boolean spend(int bytes) {
        long[] spent = SPENT.get();
        if (spent[0] > 0 && spent[0] + bytes > MAX_BYTES) {
            return false;
        }
        spent[0] += bytes;
        return true;
    }

    @Override
    public ConsumerRecords<String, byte[]> onConsume(ConsumerRecords<String, byte[]> records) {
        SPENT.get()[0] = 0;
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // Commits are nothing to it.
    }

    @Override
    public void close() {
        SPENT.remove();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // Nothing to set.
    }
}
