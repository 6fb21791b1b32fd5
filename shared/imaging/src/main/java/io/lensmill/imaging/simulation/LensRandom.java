package io.lensmill.imaging.simulation;

/**
 * Random numbers that depend on a key only. Number k of a key is the mixing function of SplitMix64 (Steele, Lea and
 * Flood 2014) at counter k, so two images share no state and any thread may draw either. StrictMath throughout: the
 * same numbers on every machine.
 */
final class LensRandom {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;
    private double spare = Double.NaN;

    LensRandom(long... key) {
        for (long part : key) {
            state = mix(state + GOLDEN) ^ mix(part + GOLDEN);
        }
    }

    long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform in [0,1), in steps of 2^-53. */
    double uniform() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Standard normal, by the polar method of Marsaglia. */
    double gaussian() {
        if (!Double.isNaN(spare)) {
            double value = spare;
            spare = Double.NaN;
            return value;
        }
        double u;
        double v;
        double square;
        do {
            u = 2 * uniform() - 1;
            v = 2 * uniform() - 1;
            square = u * u + v * v;
        } while (square >= 1 || square == 0);
        double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
        spare = v * factor;
        return u * factor;
    }

    /** Poisson: by multiplication for small means, by transformed rejection (PTRS, Hörmann 1993) from 10 on. */
    double poisson(double mean) {
        if (mean <= 0) {
            return 0;
        }
        return mean < 10 ? smallPoisson(mean) : largePoisson(mean);
    }

    private double smallPoisson(double mean) {
        double limit = StrictMath.exp(-mean);
        double product = uniform();
        int count = 0;
        while (product > limit) {
            product *= uniform();
            count++;
        }
        return count;
    }

    private double largePoisson(double mean) {
        double root = StrictMath.sqrt(mean);
        double b = 0.931 + 2.53 * root;
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double squeeze = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = uniform() - 0.5;
            double v = uniform();
            double s = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / s + b) * u + mean + 0.43);
            if (s >= 0.07 && v <= squeeze) {
                return k;
            }
            if (k < 0 || (s < 0.013 && v > s)) {
                continue;
            }
            double left = StrictMath.log(v * inverseAlpha / (a / (s * s) + b));
            if (left <= k * StrictMath.log(mean) - mean - logFactorial(k)) {
                return k;
            }
        }
    }

    /** Stirling's series at k + 1, shifted by ten for small k; error below 1e-10. */
    private static double logFactorial(double k) {
        double x = k + 1;
        double shift = 0;
        while (x < 10) {
            shift += StrictMath.log(x);
            x++;
        }
        double series = (1.0 / 12 - (1.0 / 360 - 1.0 / (1260 * x * x)) / (x * x)) / x;
        return (x - 0.5) * StrictMath.log(x) - x + 0.5 * StrictMath.log(2 * Math.PI) + series - shift;
    }

    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
