package io.lensmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.Topics;
import io.lensmill.crash.MetricsWorkersUnderTest.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Packaged metrics workers are killed in mid-stream and join in mid-stream; in the end every number of every report is
 * that of a batch recomputation from the topics. {@code infra/crash-tests/run} runs this.
 */
@Tag("worker-process")
class MetricsCrashTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PER_SECOND = 300;

    @Test
    void aWorkerThatIsKilledTwiceReportsWhatABatchRecomputationDoes() throws Exception {
        try (MetricsWorkersUnderTest workers = new MetricsWorkersUnderTest();
                NewestReports reports = new NewestReports(workers.broker());
                ClassificationFeed feed = new ClassificationFeed(workers.broker(), 20, PER_SECOND)) {
            // Given
            Instance first = workers.start(1);
            feed.start(feed.size() / 2);

            // When
            await("first reports", reports, () -> reports.received() > feed.size() / 5, first);
            first.process().kill();
            long atFirstKill = reports.received();
            Instance second = workers.startAgain(first);
            await("reports after the kill", reports, () -> reports.received() > atFirstKill + feed.size() / 10, second);
            feed.upTo(feed.size());
            await("reports of the second half", reports, () -> reports.received() > feed.size() / 2, second);
            second.process().kill();
            long atSecondKill = reports.received();
            Instance third = workers.startAgain(second);
            feed.awaitEnd();

            // Then
            System.out.printf("Killed after %d and %d of %d messages%n", atFirstKill, atSecondKill, feed.size());
            assertThat(atSecondKill).as("both kills came in mid-stream").isLessThan(feed.size() - 100);
            requireBatchNumbers(workers, reports, third);
        }
    }

    @Test
    void aWorkerThatJoinsAndOneThatIsKilledChangeNoNumber() throws Exception {
        try (MetricsWorkersUnderTest workers = new MetricsWorkersUnderTest();
                NewestReports reports = new NewestReports(workers.broker());
                ClassificationFeed feed = new ClassificationFeed(workers.broker(), 21, PER_SECOND)) {
            // Given
            Instance first = workers.start(1);
            feed.start(feed.size() / 2);

            // When
            await("first reports", reports, () -> reports.received() > feed.size() / 5, first);
            Instance second = workers.start(2);
            await("a part of the second", reports, () -> workers.received(second) > 50, first, second);
            feed.upTo(feed.size());
            await("reports of the second half", reports, () -> reports.received() > feed.size() * 3 / 5, first, second);
            first.process().kill();
            long atKill = reports.received();
            long bySecond = workers.received(second);
            feed.awaitEnd();

            // Then
            System.out.printf(
                    "Killed one of two after %d of %d messages; the other had taken %d%n",
                    atKill, feed.size(), bySecond);
            assertThat(atKill).as("the kill came in mid-stream").isLessThan(feed.size() - 100);
            requireBatchNumbers(workers, reports, second);
        }
    }

    private static void await(String what, NewestReports reports, Callable<Boolean> condition, Instance... alive) {
        Awaitility.await(what).atMost(PATIENCE).until(() -> {
            MetricsWorkersUnderTest.requireAlive(alive);
            reports.look();
            return condition.call();
        });
    }

    /** Everything has been sent. */
    private static void requireBatchNumbers(MetricsWorkersUnderTest workers, NewestReports reports, Instance last)
            throws Exception {
        Instant begin = Instant.now();
        List<byte[]> messages = BatchMetrics.messages(workers.broker(), Topics.CLASSIFICATIONS);
        List<byte[]> labels = BatchMetrics.messages(workers.broker(), Topics.LABELS);
        BatchMetrics batch = BatchMetrics.of(messages, labels);
        while (reports.received() < batch.received() && Instant.now().isBefore(begin.plus(PATIENCE))) {
            MetricsWorkersUnderTest.requireAlive(last);
            reports.look();
        }
        Duration allIn = Duration.between(begin, Instant.now());
        List<String> differences = batch.differences(reports.look());
        while (!differences.isEmpty() && Instant.now().isBefore(begin.plus(PATIENCE))) {
            // A label, or news of a reference, may be told by a later report than the last image.
            MetricsWorkersUnderTest.requireAlive(last);
            differences = batch.differences(reports.look());
        }
        System.out.printf(
                "%d messages, %d counted or repeated, %d refused, %d reports; all in %d ms after the last was sent%n",
                messages.size(), batch.received(), batch.refused(), reports.count(), allIn.toMillis());
        assertThat(differences).isEmpty();
        assertThat(reports.wrongSteps()).isEmpty();
        assertThat(BatchMetrics.messages(workers.broker(), Topics.DEAD_LETTERS))
                .as("each refused record, once")
                .hasSize(batch.refused());
        requireSharpEyes(messages, labels, reports);
    }

    /** The comparison would notice a single record more. */
    private static void requireSharpEyes(List<byte[]> messages, List<byte[]> labels, NewestReports reports)
            throws Exception {
        BatchMetrics whole = BatchMetrics.of(messages, labels);
        for (int left = 0; left < messages.size(); left += messages.size() / 5) {
            List<byte[]> others = new ArrayList<>(messages);
            others.remove(left);
            BatchMetrics without = BatchMetrics.of(others, labels);
            if (without.refused() == whole.refused()) {
                List<String> noticed = without.differences(reports.look());
                System.out.printf("Without record %d: %d differences%n", left, noticed.size());
                assertThat(noticed).as("without record " + left).isNotEmpty();
            }
        }
    }
}
