package io.lensmill.metricsworker.page.state;

import java.util.List;

/** Numbers as JSON can carry them. */
final class Numbers {

    private static final double FOURTH_DIGIT = 1e4;

    private Numbers() {}

    /** JSON has no NaN and no infinity: a number that is none is left out. */
    static Double finite(Double number) {
        return number == null || !Double.isFinite(number) ? null : number;
    }

    /** Four digits are finer than a pixel, and a third of the text. */
    static List<Double> rounded(List<Double> numbers) {
        return numbers.stream()
                .map(number -> Math.round(number * FOURTH_DIGIT) / FOURTH_DIGIT)
                .toList();
    }
}
