package io.lensmill.metrics.linear;

import org.junit.jupiter.api.condition.EnabledIf;

/** Left out on machines that the native library is not built for. */
@EnabledIf("loads")
class OpenBlasTest extends LinearAlgebraContract {

    @Override
    LinearAlgebra algebra() {
        return LinearAlgebraChoice.of("native");
    }

    static boolean loads() {
        return LinearAlgebraChoice.of("auto") instanceof OpenBlas;
    }
}
