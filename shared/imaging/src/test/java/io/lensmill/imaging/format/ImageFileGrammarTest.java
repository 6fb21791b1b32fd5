package io.lensmill.imaging.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.Information;
import io.lensmill.imaging.format.ImageFileGrammar.Family;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that lie, as {@link ImageFileGrammar} makes them: an image or a reason, soon, in little memory. */
class ImageFileGrammarTest {

    /** Of each family; 1,000,000 by -Dlensmill.fuzz.inputs=1000000. */
    private static final int INPUTS = Integer.getInteger("lensmill.fuzz.inputs", 10_000);

    /** Those of the classifier worker. */
    private static final ImageLimits LIMITS = new ImageLimits(4096, 32 << 20);

    /** Thread time for one file. */
    private static final long MOST_NANOSECONDS = 100_000_000;

    /** What one file may let be allocated, so that a heap of 256 MiB is enough. */
    private static final long MOST_ALLOCATED_BYTES = 160L << 20;

    /** Until the decoders are loaded and compiled, time says nothing of them. */
    private static final int WARM_UP = 500;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource(Family.class)
    void filesThatLieGiveAReasonWithinBounds(Family family) {
        // Given
        ImageFileGrammar grammar = new ImageFileGrammar(23);
        long read = 0;
        for (int i = 0; i < INPUTS + WARM_UP; i++) {
            byte[] file = grammar.file(family);
            // When
            Cost cost = decode(file, family, i);
            if (i >= WARM_UP && cost.nanoseconds > MOST_NANOSECONDS) {
                // Once more: the machine may have been busy with something else.
                cost = decode(file, family, i);
            }
            read += cost.read ? 1 : 0;
            // Then
            assertThat(i < WARM_UP || cost.nanoseconds <= MOST_NANOSECONDS)
                    .as("input %d of %s took %d ms", i, family, cost.nanoseconds / 1_000_000)
                    .isTrue();
            assertThat(cost.allocatedBytes <= MOST_ALLOCATED_BYTES)
                    .as("input %d of %s let %d MiB be allocated", i, family, cost.allocatedBytes >> 20)
                    .isTrue();
        }
        assertThat(read).isBetween(1L, INPUTS + WARM_UP - 1L);
    }

    private record Cost(boolean read, long nanoseconds, long allocatedBytes) {}

    private static Cost decode(byte[] file, Family family, int number) {
        long thread = Thread.currentThread().getId();
        long allocated = THREADS.getThreadAllocatedBytes(thread);
        long begin = THREADS.getCurrentThreadCpuTime();
        boolean read = false;
        try {
            FloatImage image = ImageCodecs.decodeWithGaps(file, LIMITS);
            Information.require(image);
            read = true;
        } catch (ImageFormatException e) {
            if (e.getMessage() == null || e.getMessage().isBlank()) {
                throw new AssertionError("Input " + number + " of " + family + " has no reason", e);
            }
        } catch (RuntimeException | Error e) {
            String beginning = HexFormat.of().formatHex(file, 0, Math.min(file.length, 4000));
            throw new AssertionError("Input " + number + " of " + family + ": " + beginning, e);
        }
        return new Cost(
                read, THREADS.getCurrentThreadCpuTime() - begin, THREADS.getThreadAllocatedBytes(thread) - allocated);
    }
}
