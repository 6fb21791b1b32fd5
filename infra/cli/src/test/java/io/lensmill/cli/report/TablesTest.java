package io.lensmill.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.JobState;
import io.lensmill.reports.SampleEvents;
import io.lensmill.reports.SampleReports;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {

    @Test
    void classificationReportReadsAsATable() {
        assertThat(ReportTable.of(SampleReports.classificationReport()))
                .isEqualTo(
                        """
                        demo/held-out  (real)
                          model demo-classifier
                          600 images counted, 2 repeats left out, report 7
                          600 labelled, 12 of them by a message of their own
                            AUC no          0.9901 [0.9821, 0.9961]
                            AUC sphere      0.9259 [0.9179, 0.9319]
                            AUC vort        0.9709 [0.9629, 0.9769]
                            AUC macro       0.9619
                            Accuracy        0.9450 [0.9238, 0.9605]
                            Calibration     0.0213   expected 0.0121
                            true \\ predicted       no   sphere     vort
                              no                  196        3        1
                              sphere                5      181       14
                              vort                  2        5      193""");
    }

    @Test
    void figuresInDoubtAreMarkedAndExplained() {
        assertThat(ReportTable.of(SampleReports.realismReport()))
                .isEqualTo(
                        """
                        demo/generated  (generated)
                          model demo-classifier
                          600 images counted, 2 repeats left out, report 7
                          realism against demo/held-out (600 images), 128 dimensions
                            FID             12.3456 *1   expected 3.2000
                            FID floor       3.2000
                            FID infinity    9.1000 [7.9000, 10.3000] *2
                            KID             0.0123 [8.70e-03, 0.0159]
                            Memorised       0.0156 [6.10e-03, 0.0395]   expected 0.0133
                            bandwidth            auto       0.2
                            RKE modes          2.3140     255.9
                              expected         2.8710     599.1
                            RRKE               0.1234         -
                            auto is 4.7500, the median distance of the reference
                          * TOO_FEW
                            *1 TOO_FEW: 256 images; 640 are needed for 128 dimensions.
                            *2 RANK_DEFICIENT: Halves of 128 rows have singular covariances.""");
    }

    @Test
    void jobsAreListedWithTheReasonOfAFailure() {
        // Given
        var running = SampleEvents.event("classifier-20260102-030405-1f3a", JobState.RUNNING, 450, 0.4, "");
        var refused = SampleEvents.event(
                "diffusion-20260102-030405-77aa",
                JobState.REJECTED,
                0,
                null,
                "preset must be one of seeds, fast, demo, smoke; got 'huge'. A list of names follows the rule.");
        // When
        String table = JobTable.of(List.of(running, refused));
        // Then
        assertThat(table)
                .isEqualTo(
                        """
                        JOB                                 STATE             STEP  LAST NEWS (UTC)
                        classifier-20260102-030405-1f3a     running        450/900  2026-01-02 03:04:05
                        diffusion-20260102-030405-77aa      rejected         0/900  2026-01-02 03:04:05
                            preset must be one of seeds, fast, demo, smoke; got 'huge'. A list of names
                            follows the rule.""");
    }

    @Test
    void allTablesFitEightyColumns() {
        List<String> tables = List.of(
                ReportTable.of(SampleReports.classificationReport()),
                ReportTable.of(SampleReports.realismReport()),
                JobTable.of(List.of(SampleEvents.event("x".repeat(35), JobState.SUCCEEDED, 900, 0.1, ""))));
        assertThat(tables).allSatisfy(table -> assertThat(table.lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80)));
    }

    @Test
    void emptyListSaysWhatToDo() {
        assertThat(JobTable.of(List.of())).contains("lensmill train");
    }
}
