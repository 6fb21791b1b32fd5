package io.lensmill.neural.doubleprecision;

import java.util.function.DoubleSupplier;

/** Derivatives as (f(x + h) - f(x - h)) / 2h; in double precision and with this h good to about nine digits. */
final class CentralDifferences {

    private static final double STEP = 1e-5;

    private CentralDifferences() {}

    /** The derivative of the function by the value at this place; the value is put back. */
    static double derivative(DoubleSupplier function, double[] values, int place) {
        double value = values[place];
        values[place] = value + STEP;
        double above = function.getAsDouble();
        values[place] = value - STEP;
        double below = function.getAsDouble();
        values[place] = value;
        return (above - below) / (2 * STEP);
    }
}
