package io.lensmill.neural.doubleprecision;

import io.lensmill.neural.CounterRandom;
import io.lensmill.neural.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A loss that sees everything: the scalar product of all outputs with fixed random numbers, which are its gradient.
 *
 * @param factors numbers for each output
 */
record Projection(Map<String, Tensor> factors) {

    static Projection of(Map<String, DoubleArray> outputs, long seed) {
        Map<String, Tensor> factors = new HashMap<>();
        new TreeMap<>(outputs).forEach((name, output) -> {
            Tensor numbers = Tensor.zeros(output.shape());
            new CounterRandom(seed, factors.size()).fillGaussian(numbers.values());
            factors.put(name, numbers);
        });
        return new Projection(factors);
    }

    double value(Map<String, DoubleArray> outputs) {
        double sum = 0;
        for (String name : factors.keySet()) {
            float[] numbers = factors.get(name).values();
            for (int i = 0; i < numbers.length; i++) {
                sum += numbers[i] * outputs.get(name).values()[i];
            }
        }
        return sum;
    }
}
