package io.lensmill.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleTableTest {

    @Test
    void aJobIsALineWithItsImagesAndWhereTheyAreReported() {
        // When
        String table = SampleTable.of(List.of(
                event("generation-20260101-120000-1f3a", JobState.SUCCEEDED, 64)
                        .setResults(Map.of("collection", "made/first", "modelId", "unet-1"))
                        .build(),
                event("half", JobState.RUNNING, 12).build()));

        // Then
        assertThat(table.lines())
                .containsExactly(
                        "JOB                                  STATE            IMAGES",
                        "generation-20260101-120000-1f3a      succeeded         64/64",
                        "    collection made/first, model unet-1",
                        "half                                 running           12/64");
    }

    @Test
    void withoutAnyTheNextStepIsNamed() {
        assertThat(SampleTable.of(List.of())).contains("lensmill generate");
    }

    private static JobEvent.Builder event(String jobId, JobState state, long done) {
        return JobEvent.newBuilder()
                .setJobId(jobId)
                .setKind(JobKind.GENERATION)
                .setState(state)
                .setOccurredAt(Instant.EPOCH)
                .setStep(done)
                .setTotalSteps(64);
    }
}
