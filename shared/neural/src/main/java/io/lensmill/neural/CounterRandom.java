package io.lensmill.neural;

/**
 * Random numbers from a key and a counter (Philox 4x32-10, Salmon et al. 2011): the same key gives the same numbers on
 * every machine and every Java version, and different keys give unrelated streams. So what is drawn for image k at step
 * s depends on the key (seed, k, s) alone, never on what was drawn before.
 */
public final class CounterRandom {

    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final double TWO_POW_MINUS_32 = 0x1p-32;

    private final long key;
    private final int[] block = new int[4];
    private long counter;
    private int used = 4;

    /** @param key any number of values that together name the stream, for example (seed, image index, step) */
    public CounterRandom(long... key) {
        long mixed = 0x9E3779B97F4A7C15L * (key.length + 1L);
        for (long part : key) {
            mixed = mix(mixed ^ mix(part + 0x9E3779B97F4A7C15L));
        }
        this.key = mixed;
    }

    /** 32 uniform bits. */
    public int nextBits() {
        if (used == 4) {
            generate(counter++);
            used = 0;
        }
        return block[used++];
    }

    /** 64 uniform bits, fit to be another stream's seed. */
    public long nextLong() {
        return ((long) nextBits() << 32) | (nextBits() & 0xFFFFFFFFL);
    }

    /** Uniform in [0, 1), a multiple of 2^-32. */
    public double nextDouble() {
        return (nextBits() & 0xFFFFFFFFL) * TWO_POW_MINUS_32;
    }

    /** Uniform in {0, …, bound - 1}; the bias is below bound / 2^32. */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be at least 1; got " + bound);
        }
        return (int) (((nextBits() & 0xFFFFFFFFL) * bound) >>> 32);
    }

    /** Fills the array with standard normal values (Box and Muller 1958). */
    public void fillGaussian(float[] out) {
        for (int i = 0; i < out.length; i += 2) {
            // 1 - u lies in (0, 1], so the logarithm is finite.
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
            double angle = 2 * Math.PI * nextDouble();
            out[i] = (float) (radius * StrictMath.cos(angle));
            if (i + 1 < out.length) {
                out[i + 1] = (float) (radius * StrictMath.sin(angle));
            }
        }
    }

    /** A uniformly drawn order of 0 … n-1 (Fisher and Yates). */
    public int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private void generate(long count) {
        int c0 = (int) count;
        int c1 = (int) (count >>> 32);
        int c2 = 0;
        int c3 = 0;
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = MULTIPLIER_0 * (c0 & 0xFFFFFFFFL);
            long p1 = MULTIPLIER_1 * (c2 & 0xFFFFFFFFL);
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c1 = (int) p1;
            c3 = (int) p0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        block[0] = c0;
        block[1] = c1;
        block[2] = c2;
        block[3] = c3;
    }

    /** Finaliser of SplitMix64 (Steele et al. 2014): spreads the key's parts over all bits. */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
