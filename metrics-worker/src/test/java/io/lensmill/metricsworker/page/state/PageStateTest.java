package io.lensmill.metricsworker.page.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import io.lensmill.metricsworker.page.PageMessages;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageStateTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final PageState state = new PageState(true);

    @Test
    void keepsTheJobsWithTheNewestNews() {
        // Given
        for (int i = 0; i < Bounds.JOBS; i++) {
            state.accept(running("job-" + i, i));
        }
        state.accept(running("job-0", 1_000));
        // When
        state.accept(running("another", 2_000));
        // Then
        List<String> kept = state.since(0).jobs().stream().map(JobView::jobId).toList();
        assertThat(kept).hasSize(Bounds.JOBS).contains("job-0", "another").doesNotContain("job-1");
    }

    @Test
    void keepsTheLastDeadLettersEachOnce() {
        // Given
        for (int i = 0; i < Bounds.DEAD_LETTERS + 5; i++) {
            state.accept(letter(i));
        }
        // When: the topic is read again
        long version = state.version();
        state.accept(letter(Bounds.DEAD_LETTERS + 4));
        // Then
        assertThat(state.version()).isEqualTo(version);
        assertThat(state.since(0).deadLetters())
                .hasSize(Bounds.DEAD_LETTERS)
                .last()
                .isEqualTo(letter(Bounds.DEAD_LETTERS + 4));
    }

    @Test
    void cutsWhatStrangersWrite() {
        // When
        DeadLetterView letter = DeadLetterView.of("0/1", "k".repeat(5_000), Map.of(), 3, 0);
        // Then
        assertThat(letter.key()).hasSize(Bounds.TEXT + 1).endsWith("…");
        assertThat(letter.code()).isEqualTo("UNKNOWN");
    }

    @Test
    void aCurveStaysBoundedAndKeepsItsCourse() {
        // When
        PageMessages.training("long", 1_000, NOON).forEach(state::accept);
        // Then
        List<JobView.CurvePoint> curve = state.since(0).jobs().get(0).curve();
        assertThat(curve).hasSizeBetween(Bounds.CURVE_POINTS / 2, Bounds.CURVE_POINTS);
        assertThat(curve.get(0).step()).isEqualTo(20);
        assertThat(curve.get(curve.size() - 1).step()).isEqualTo(20_000);
        assertThat(curve).isSortedAccordingTo((a, b) -> Long.compare(a.step(), b.step()));
    }

    @Test
    void aTopicReadAgainChangesNothing() {
        // Given
        PageMessages.training("again", 30, NOON).forEach(state::accept);
        JobView before = state.since(0).jobs().get(0);
        // When
        PageMessages.training("again", 30, NOON).forEach(state::accept);
        // Then
        assertThat(state.since(0).jobs()).containsExactly(before);
    }

    @Test
    void aReportReplacesTheEarlierAndLengthensTheHistory() {
        // Given
        state.accept("m/made", PageMessages.generated("m", "made", "real", 64, NOON));
        // When
        state.accept("m/made", PageMessages.generated("m", "made", "real", 128, NOON.plusSeconds(2)));
        state.accept("m/made", PageMessages.generated("m", "made", "real", 64, NOON));
        // Then
        assertThat(state.since(0).reports()).singleElement().satisfies(report -> {
            assertThat(report.counted()).isEqualTo(128);
            assertThat(report.history()).extracting(RealismPoint::n).containsExactly(64L, 128L);
            RealismPoint last = report.history().get(1);
            assertThat(last.bandwidth()).isEqualTo("auto");
            assertThat(last.figures().get("fid").expected().value()).isEqualTo(590.0 / 128);
            assertThat(last.figures().get("fid").value().lower())
                    .isLessThan(last.figures().get("fid").value().value());
        });
    }

    @Test
    void tellsOnlyWhatCameAfterAVersion() {
        // Given
        state.accept(running("first", 1));
        long seen = state.version();
        // When
        state.accept(running("second", 2));
        // Then
        Changes changes = state.since(seen);
        assertThat(changes.whole()).isFalse();
        assertThat(changes.jobs()).extracting(JobView::jobId).containsExactly("second");
        assertThat(state.since(changes.version()).jobs()).isEmpty();
    }

    @Test
    void tellsAllAfterARemoval() {
        // Given
        state.accept(PageMessages.diffusionModel("kept", NOON));
        state.accept(PageMessages.diffusionModel("gone", NOON));
        long seen = state.version();
        // When
        state.withdrawModel("gone");
        // Then
        assertThat(state.since(seen).whole()).isTrue();
        assertThat(state.since(seen).models()).extracting(ModelView::modelId).containsExactly("kept");
    }

    @Test
    void batchesOfAJobAddUpInAnyOrder() {
        // When
        state.accept(PageMessages.samples("g", 64, null, NOON));
        state.accept(PageMessages.samples("g", 0, "samples/g/contact-sheet.png", NOON));
        state.accept(PageMessages.samples("g", 64, null, NOON));
        // Then
        assertThat(state.since(0).samples()).singleElement().satisfies(samples -> {
            assertThat(samples.count()).isEqualTo(128);
            assertThat(samples.contactSheetKey()).isEqualTo("samples/g/contact-sheet.png");
        });
    }

    private static JobEvent running(String jobId, int second) {
        return PageMessages.job(jobId, JobKind.GENERATION, JobState.RUNNING, NOON.plusSeconds(second))
                .build();
    }

    private static DeadLetterView letter(int offset) {
        return DeadLetterView.of("0/" + offset, "key", Map.of("reason-code", "UNDECODABLE"), 3, offset);
    }
}
