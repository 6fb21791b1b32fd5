package io.lensmill.metricsworker.gauges;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.MetricReport;
import io.lensmill.reports.SampleReports;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ReportGaugesTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ReportGauges gauges = new ReportGauges(new PrometheusBoard(registry));

    @Test
    void showsTheNumbersOfTheNewestReport() {
        // When
        gauges.accept("held-out", SampleReports.classificationReport());
        gauges.accept("made", SampleReports.realismReport());
        // Then
        assertThat(value("counted", "collection", "demo/held-out")).isEqualTo(600);
        assertThat(value("auc", "class", "no")).isEqualTo(1 / 1.01);
        assertThat(value("auc.macro", "window", "all")).isEqualTo(0.9619);
        assertThat(value("accuracy", "model", "demo-classifier")).isEqualTo(0.945);
        assertThat(value("calibration.error", "window", "all")).isEqualTo(0.0213);
        assertThat(value("fid", "collection", "demo/generated")).isEqualTo(12.3456);
        assertThat(value("fid.floor", "window", "all")).isEqualTo(3.2);
        assertThat(value("fid.infinity", "window", "all")).isEqualTo(9.1);
        assertThat(value("kid", "window", "all")).isEqualTo(0.0123);
        assertThat(value("memorised", "window", "all")).isEqualTo(0.0156);
        assertThat(value("rke.mode.count", "bandwidth", "auto")).isEqualTo(2.314);
        assertThat(value("rrke", "bandwidth", "auto")).isEqualTo(0.1234);
    }

    @Test
    void aNumberThatIsNotGivenHasNoGauge() {
        // Given
        gauges.accept("held-out", SampleReports.classificationReport());
        gauges.accept("made", SampleReports.realismReport());
        MetricReport later = SampleReports.classificationReport();
        later.getClassification().getAuc().get(0).setValue(null);
        later.setCounted(601);
        // When
        gauges.accept("held-out", later);
        // Then
        assertThat(registry.find("lensmill.report.auc").tag("class", "no").gauge())
                .isNull();
        assertThat(registry.find("lensmill.report.auc").gauges()).hasSize(2);
        assertThat(registry.find("lensmill.report.rrke").tag("bandwidth", "0.2").gauge())
                .isNull();
        assertThat(value("counted", "collection", "demo/held-out")).isEqualTo(601);
    }

    @Test
    void aTopicReadAgainDoesNotGoBack() {
        // Given
        gauges.accept("made", SampleReports.realismReport());
        MetricReport earlier = SampleReports.realismReport();
        earlier.setEmittedAt(SampleReports.TIME.minusSeconds(1));
        earlier.setCounted(5);
        // When
        gauges.accept("made", earlier);
        // Then
        assertThat(value("counted", "window", "all")).isEqualTo(600);
    }

    @Test
    void forgetsTheReportsThatHaveBeenSilentForLongest() {
        // When
        for (int i = 0; i < ReportGauges.MOST_REPORTS + 10; i++) {
            MetricReport report = SampleReports.realismReport();
            report.setCollection("night-" + i);
            gauges.accept("night-" + i, report);
        }
        // Then
        assertThat(registry.find("lensmill.report.fid").gauges()).hasSize(ReportGauges.MOST_REPORTS);
        assertThat(registry.find("lensmill.report.fid")
                        .tag("collection", "night-9")
                        .gauge())
                .isNull();
        assertThat(registry.find("lensmill.report.fid")
                        .tag("collection", "night-10")
                        .gauge())
                .isNotNull();
    }

    private double value(String metric, String label, String labelValue) {
        return registry.get("lensmill.report." + metric)
                .tag(label, labelValue)
                .gauge()
                .value();
    }
}
