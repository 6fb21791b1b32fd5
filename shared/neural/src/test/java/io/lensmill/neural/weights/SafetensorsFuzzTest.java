package io.lensmill.neural.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.lensmill.neural.Safetensors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files by the format's grammar that lie: a file is read or refused with a reason, in little time and memory. */
class SafetensorsFuzzTest {

    /** More by -Dlensmill.fuzz.inputs=1000000. */
    private static final int INPUTS = Integer.getInteger("lensmill.fuzz.inputs", 50_000);

    private static final int WARM_UP = 500;
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Text, names and numbers of a header become objects; a tensor's values are at most twice their bytes. */
    private static final long MOST_BYTES_PER_BYTE = 64;

    private static final long MOST_BYTES_BESIDE = 512 * 1024;
    private static final List<String> WANTED = List.of("conv1.0.weight", "conv1.0.bias", "fc.weight");

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int read;
    private int refused;
    private long worstNanos;
    private double worstShare;

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void aFileIsReadOrRefusedWithAReasonInLittleTimeAndMemory() {
        // Given
        SafetensorsGrammar grammar = new SafetensorsGrammar(23);
        for (int i = 0; i < WARM_UP; i++) {
            readOrRefuse(i, grammar.next());
        }
        worstNanos = 0;
        worstShare = 0;

        // When
        for (int i = WARM_UP; i < WARM_UP + INPUTS; i++) {
            readOrRefuse(i, grammar.next());
        }

        // Then
        assertThat(worstNanos).as("CPU time of the slowest input").isLessThan(MOST_NANOS);
        assertThat(worstShare)
                .as("bytes allocated, as a share of what is allowed")
                .isLessThan(1);
        assertThat(read).as("files that were read").isGreaterThan(INPUTS / 50);
        assertThat(refused).as("files that were refused").isGreaterThan(INPUTS / 4);
    }

    private void readOrRefuse(int number, byte[] file) {
        assertThat(file.length).isLessThanOrEqualTo(SafetensorsGrammar.MOST_BYTES);
        long bytesBefore =
                threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        long nanosBefore = threads.getCurrentThreadCpuTime();
        try {
            StateDictNames.match(WANTED, Safetensors.read(file).tensors().keySet());
            read++;
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(1500).doesNotContain("Source:", "\u001b");
            read += e.getMessage().startsWith("The file has no tensor") ? 1 : 0;
            refused++;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("Input " + number + ": " + new String(file, StandardCharsets.ISO_8859_1), e);
        }
        worstNanos = Math.max(worstNanos, threads.getCurrentThreadCpuTime() - nanosBefore);
        long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - bytesBefore;
        long allowed = MOST_BYTES_BESIDE + MOST_BYTES_PER_BYTE * file.length;
        worstShare = Math.max(worstShare, (double) bytes / allowed);
    }
}
