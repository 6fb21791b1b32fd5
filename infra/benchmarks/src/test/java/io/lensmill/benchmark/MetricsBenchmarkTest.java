package io.lensmill.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class MetricsBenchmarkTest {

    @Test
    void withoutAPeerItTellsItsOwnTimes() {
        // Given
        DMatrixRMaj rows = MetricsBenchmark.draw(300, 6, 0, 1);
        MetricsBenchmark benchmark = new MetricsBenchmark(rows, MetricsBenchmark.draw(200, 6, 3, 2), null);
        // When
        MetricsFigure distance = benchmark.round(MetricsBenchmark.Metric.FID);
        MetricsFigure modes = benchmark.round(MetricsBenchmark.Metric.RKE);
        // Then: six columns whose means lie 3 apart
        assertThat(distance.values()[0]).isCloseTo(54, within(5.0));
        assertThat(modes.values()).hasSize(MetricsBenchmark.BANDWIDTHS.size());
        assertThat(modes.values()[0]).isBetween(1.0, 300.0);
        assertThat(distance.seconds()).isPositive();
        assertThat(distance.toJson())
                .startsWith("{\"name\": \"fid\"")
                .contains("\"peerSeconds\": null, \"ratio\": null");
        assertThat(distance.difference()).isZero();
    }

    @Test
    void aFigureComparesBothSides() {
        // Given / When
        MetricsFigure figure = new MetricsFigure("rke", 0.5, 2, new double[] {10, 4}, new double[] {10, 5});
        // Then
        assertThat(figure.ratio()).isEqualTo(4);
        assertThat(figure.difference()).isCloseTo(0.2, within(1e-12));
        assertThat(figure.toRow("3")).contains("4.00", "10.000000 4.0000000 | 10.000000 5.0000000");
        assertThat(figure.toJson()).contains("\"ratio\": 4.00");
    }
}
