package io.lensmill.metricsworker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.MetricReport;
import io.lensmill.reports.SampleReports;
import org.junit.jupiter.api.Test;

class WaitingReportsTest {

    private static final long INTERVAL = 10;

    private final WaitingReports waiting = new WaitingReports(INTERVAL, 3);

    @Test
    void aLaterReportTakesTheEarliersPlace() {
        // Given
        waiting.put("a", report(1), 0);
        // When
        int skipped = waiting.put("a", report(2), 1);
        // Then
        assertThat(skipped).isEqualTo(1);
        assertThat(waiting.take(1)).map(MetricReport::getSequence).contains(2L);
        assertThat(waiting.take(1)).isEmpty();
    }

    @Test
    void aKeyIsDueAnIntervalAfterItsLastReport() {
        // Given
        waiting.put("a", report(1), 0);
        waiting.take(0);
        // When
        waiting.put("a", report(2), 3);
        waiting.put("b", report(3), 4);
        // Then
        assertThat(waiting.take(4)).map(MetricReport::getSequence).contains(3L);
        assertThat(waiting.take(9)).isEmpty();
        assertThat(waiting.nanosUntilDue(9)).contains(1L);
        assertThat(waiting.take(10)).map(MetricReport::getSequence).contains(2L);
    }

    @Test
    void whatComesBackDoesNotReplaceALaterOne() {
        // Given
        waiting.put("a", report(1), 0);
        MetricReport failed = waiting.take(0).orElseThrow();
        waiting.put("a", report(2), 1);
        // When
        boolean back = waiting.putBack("a", failed, 2);
        // Then
        assertThat(back).isFalse();
        assertThat(waiting.takeNow()).map(MetricReport::getSequence).contains(2L);
    }

    @Test
    void holdsSoManyKeysAndNoMore() {
        // When
        int skipped = 0;
        for (int key = 0; key < 5; key++) {
            skipped += waiting.put("key " + key, report(key), key);
        }
        // Then
        assertThat(skipped).isEqualTo(2);
        assertThat(waiting.size()).isEqualTo(3);
        assertThat(waiting.takeNow()).map(MetricReport::getSequence).contains(2L);
    }

    private static MetricReport report(long sequence) {
        MetricReport report = SampleReports.classificationReport();
        report.setSequence(sequence);
        return report;
    }
}
