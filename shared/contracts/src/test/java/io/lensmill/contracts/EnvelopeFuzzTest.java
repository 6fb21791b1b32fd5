package io.lensmill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a message holds, reading it ends with a record or a reason: soon, and in little memory. As many messages as
 * the property {@code lensmill.fuzz.inputs} says.
 */
class EnvelopeFuzzTest {

    private static final int INPUTS = Integer.getInteger("lensmill.fuzz.inputs", 20_000);
    private static final int WARM_UP = 2_000;
    private static final long MOST_NANOS = 100_000_000;
    /** What a heap of 256 MiB has room for, beside the test itself, without a collection in between. */
    private static final long MOST_BYTES = 96L << 20;

    @Test
    @Timeout(3600)
    void everyMessageEndsWithARecordOrAReason() {
        // Given
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        MessageGrammar messages = new MessageGrammar(20261128);
        List<Class<?>> types = MessageGrammar.types();
        long longestNanos = 0;
        long mostBytes = 0;
        int read = 0;

        for (int i = 0; i < INPUTS; i++) {
            byte[] message = messages.next();
            Class<? extends SpecificRecord> type = types.get(i % types.size()).asSubclass(SpecificRecord.class);
            long nanos = thread.getCurrentThreadCpuTime();
            long bytes = thread.getCurrentThreadAllocatedBytes();

            // When
            boolean record = false;
            for (Class<?> one : List.of(type, CancelRequest.class)) {
                record |= isRead(message, one.asSubclass(SpecificRecord.class), i);
            }
            Envelope.find(message, "jobId");

            // Then: not the first ones, whose classes are loaded and compiled meanwhile
            nanos = thread.getCurrentThreadCpuTime() - nanos;
            bytes = thread.getCurrentThreadAllocatedBytes() - bytes;
            if (i >= WARM_UP) {
                assertThat(nanos)
                        .as("nanoseconds of message %d, %d bytes", i, message.length)
                        .isLessThan(MOST_NANOS);
                longestNanos = Math.max(longestNanos, nanos);
            }
            assertThat(bytes)
                    .as("memory of message %d, %d bytes", i, message.length)
                    .isLessThan(MOST_BYTES);
            mostBytes = Math.max(mostBytes, bytes);
            read += record ? 1 : 0;
        }
        System.out.printf(
                "%d messages, %d read; at most %.1f ms and %.1f MiB each%n",
                INPUTS, read, longestNanos / 1e6, mostBytes / 1048576.0);
        // A grammar whose messages are never read would test the first check only.
        assertThat(read).isGreaterThan(INPUTS / 50);
    }

    private static boolean isRead(byte[] message, Class<? extends SpecificRecord> type, int number) {
        try {
            Envelope.decode(message, type);
            return true;
        } catch (RefusedException reason) {
            assertThat(reason.getMessage()).as("reason of message %d", number).hasSizeLessThan(1_000);
            return false;
        }
    }
}
