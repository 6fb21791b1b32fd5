package io.lensmill.neural.doubleprecision;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.neural.Operation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation and joined chain by each executor: its definition, interpreted and differentiated in double. */
class OperationsInDoubleTest {

    private static final int DERIVATIVES_PER_PARAMETER = 300;

    static Stream<OperationCase> cases() {
        return OperationCases.all();
    }

    @Test
    void everyOperationHasACase() {
        assertThat(OperationCases.all()
                        .flatMap(c -> c.define(false).nodes().stream())
                        .map(node -> (Object) node.operation().getClass()))
                .contains((Object[]) Operation.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inference(OperationCase operationCase) {
        compared(operationCase, false).requireEqualInference();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inferenceWithNothingJoinedToTheOperands(OperationCase operationCase) {
        compared(operationCase, true).requireEqualInference();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void training(OperationCase operationCase) {
        compared(operationCase, false).requireEqualTraining();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradients(OperationCase operationCase) {
        compared(operationCase, false).requireEqualGradients();
    }

    private static ExecutorsAgainstDouble compared(OperationCase operationCase, boolean operandsAreOutputs) {
        return new ExecutorsAgainstDouble(
                Contender.usable(),
                operationCase.define(operandsAreOutputs),
                operationCase.inputs(),
                DERIVATIVES_PER_PARAMETER);
    }
}
