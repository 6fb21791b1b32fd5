package io.lensmill.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.reports.SampleReports;
import org.junit.jupiter.api.Test;

class ReportDetailsTest {

    private static final Estimate FID = EstimateDraft.by("moments", 500)
            .value(3)
            .parameter("rows", 600)
            .parameter("referenceRows", 500)
            .build();

    private static RealismMetrics metrics(Estimate fid, Estimate kid) {
        RealismMetrics metrics = SampleReports.realismReport().getRealism();
        metrics.setFid(fid);
        metrics.setKid(kid);
        return metrics;
    }

    private static Estimate kid(long rowsOf, long referenceRowsOf) {
        return EstimateDraft.by("unbiased", 400)
                .value(0.1)
                .parameter("rows", 400)
                .parameter("rowsOf", rowsOf)
                .parameter("referenceRowsOf", referenceRowsOf)
                .build();
    }

    @Test
    void areCurrentWhenTheyAreOfTheImagesOfTheFid() {
        assertThat(ReportDetails.areCurrent(metrics(FID, kid(600, 500)))).isTrue();
        assertThat(ReportDetails.areCurrent(metrics(FID, kid(599, 500)))).isFalse();
        assertThat(ReportDetails.areCurrent(metrics(FID, kid(600, 499)))).isFalse();
        assertThat(ReportDetails.areCurrent(metrics(FID, null))).isFalse();
    }

    @Test
    void areNotWaitedForWhereNothingIsCompared() {
        // Given
        Estimate absent = EstimateDraft.absent("moments", 600, EstimateStatus.NO_REFERENCE, "none was named")
                .build();
        // Then
        assertThat(ReportDetails.areCurrent(metrics(absent, absent))).isTrue();
    }

    @Test
    void theTableSaysThatTheyAreStillToCome() {
        // Given
        var report = SampleReports.realismReport();
        report.setRealism(metrics(FID, null));
        // Then
        assertThat(ReportTable.of(report)).contains("still being worked out");
        assertThat(ReportTable.of(SampleReports.realismReport())).doesNotContain("still being worked out");
    }
}
