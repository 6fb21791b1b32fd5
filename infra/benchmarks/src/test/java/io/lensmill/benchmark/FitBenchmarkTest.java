package io.lensmill.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.imaging.fitting.FitStatus;
import io.lensmill.imaging.fitting.MassModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code benchmark fit --images 1000} shows, in small. */
class FitBenchmarkTest {

    private static final int IMAGES = 60;

    @ParameterizedTest
    @EnumSource(MassModel.class)
    void theErrorsOfEveryParameterAreWhatTheySay(MassModel mass) throws Exception {
        // Given
        FitBenchmark benchmark = new FitBenchmark(mass);
        // When
        FitBenchmark.Result result = benchmark.run(IMAGES, 3, 2, (done, total) -> {});
        // Then: of 60 images a share of 0.683 has a standard deviation of 0.06, and a mean one of 0.13
        assertThat(result.statuses().get(FitStatus.OK)).isGreaterThan(IMAGES - 5);
        assertThat(result.statuses()).doesNotContainKey(FitStatus.NOT_CONVERGED);
        assertThat(result.coverages()).hasSize(mass == MassModel.SIS ? 14 : 16).allSatisfy(coverage -> {
            assertThat(coverage.within()).as(coverage.toString()).isBetween(0.5, 0.87);
            assertThat(coverage.bias()).as(coverage.toString()).isBetween(-0.45, 0.45);
        });
    }
}
