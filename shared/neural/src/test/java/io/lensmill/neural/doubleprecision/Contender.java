package io.lensmill.neural.doubleprecision;

import io.lensmill.neural.ExecutorUnderTest;
import io.lensmill.neural.Network;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.Precision;
import io.lensmill.neural.onednn.OneDnn;
import io.lensmill.neural.onednn.network.OneDnnNetwork;
import java.util.List;
import java.util.function.Function;

/** An executor with a precision, and how near it has to come to the results in double. */
enum Contender {
    DEEPLEARNING4J(ExecutorUnderTest.DEEPLEARNING4J::open, 1e-5, 1e-4, 1e-6),
    ONEDNN_FLOAT32(ExecutorUnderTest.ONEDNN_FLOAT32::open, 1e-5, 1e-4, 1e-6),
    /** Eight significant bits: enough to miss a whole term, not a small one. */
    ONEDNN_BFLOAT16(definition -> new OneDnnNetwork(definition, Precision.BFLOAT16), 1e-2, 2e-2, 1e-2);

    static final List<Contender> FLOAT32 = List.of(DEEPLEARNING4J, ONEDNN_FLOAT32);

    /** All that can run on this processor. */
    static List<Contender> usable() {
        return OneDnn.computesBfloat16() ? List.of(values()) : FLOAT32;
    }

    private final Function<NetworkDefinition, Network> opening;
    private final double resultTolerance;
    private final double gradientTolerance;
    private final double gradientRounding;

    /**
     * @param resultTolerance share of the result's norm
     * @param gradientTolerance share of the norm of a parameter's gradient
     * @param gradientRounding share of the norm of the whole gradient: what rounding leaves where the true gradient of
     *     a parameter is 0, as before a batch norm
     */
    Contender(
            Function<NetworkDefinition, Network> opening,
            double resultTolerance,
            double gradientTolerance,
            double gradientRounding) {
        this.opening = opening;
        this.resultTolerance = resultTolerance;
        this.gradientTolerance = gradientTolerance;
        this.gradientRounding = gradientRounding;
    }

    Network open(NetworkDefinition definition) {
        return opening.apply(definition);
    }

    double resultTolerance(double norm) {
        return resultTolerance * norm;
    }

    /**
     * @param norm of the parameter's gradient
     * @param whole norm of the gradient by all parameters
     */
    double gradientTolerance(double norm, double whole) {
        return gradientTolerance * norm + gradientRounding * whole;
    }
}
