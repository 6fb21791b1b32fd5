package io.lensmill.metrics.linear;

class PlainAlgebraTest extends LinearAlgebraContract {

    @Override
    LinearAlgebra algebra() {
        return LinearAlgebraChoice.of("plain");
    }
}
