package io.lensmill.reports.estimates;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateGroup;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.reports.SampleReports;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamedFiguresTest {

    @Test
    void aReportFromBefore15HasTheNumbersOfItsBlocks() {
        // Given
        MetricReport report = SampleReports.realismReport();
        // When
        List<NamedEstimate> figures = NamedFigures.of(report);
        // Then
        assertThat(figures)
                .extracting(NamedEstimate::getName)
                .containsExactly(
                        "fid",
                        "fidFloor",
                        "fidInfinity",
                        "kid",
                        "memorised",
                        "rkeModeCount",
                        "rrke",
                        "rkeModeCount",
                        "rrke");
        NamedEstimate fid = figures.get(0);
        assertThat(fid.getEstimate()).isEqualTo(report.getRealism().getFid());
        assertThat(fid.getExpected()).isEqualTo(report.getRealism().getFidFloor());
        assertThat(fid.getTitle()).isEqualTo("FID");
        assertThat(figures.get(4).getExpected().getValue()).isEqualTo(0.0133);
        NamedEstimate modes = figures.get(5);
        assertThat(modes.getLabels()).isEqualTo(Map.of("bandwidth", "auto"));
        assertThat(modes.getEstimate().getParameters()).containsEntry("bandwidth", "4.75");
        assertThat(modes.getExpected().getValue()).isEqualTo(2.871);
    }

    @Test
    void classesStandUnderTheirNames() {
        // When
        List<NamedEstimate> figures =
                NamedFigures.of(SampleReports.classificationReport(), EstimateGroup.CLASSIFICATION);
        // Then
        assertThat(NamedFigures.all(figures, "auc"))
                .extracting(figure -> figure.getLabels().get("class"))
                .containsExactly("no", "sphere", "vort");
        assertThat(NamedFigures.find(figures, "accuracy"))
                .map(Estimate::getValue)
                .contains(0.945);
        assertThat(NamedFigures.of(SampleReports.classificationReport(), EstimateGroup.REALISM))
                .isEmpty();
    }

    @Test
    void aReportThatNamesItsNumbersIsTakenAtItsWord() {
        // Given
        MetricReport report = SampleReports.realismReport();
        NamedEstimate unheardOf = NamedEstimate.newBuilder(
                        NamedFigures.of(report).get(0))
                .setName("density")
                .build();
        // When
        report.setFigures(List.of(unheardOf));
        // Then
        assertThat(NamedFigures.of(report)).containsExactly(unheardOf);
    }

    @Test
    void everyMetricHasANameOfItsOwnAndWordsForPeople() {
        // Given
        List<MetricDescription> all = Stream.concat(
                        RealismFigures.METRICS.stream().map(RealismMetric::description),
                        ClassificationFigures.METRICS.stream().map(ClassificationMetric::description))
                .toList();
        // Then
        assertThat(all).extracting(MetricDescription::name).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(description -> {
            assertThat(description.name()).matches("[a-z][A-Za-z0-9]{0,63}");
            assertThat(description.title()).isNotBlank().hasSizeLessThanOrEqualTo(15);
            assertThat(description.explanation()).isNotBlank().endsWith(".");
            assertThat(description.axis()).isNotBlank();
        });
    }
}
