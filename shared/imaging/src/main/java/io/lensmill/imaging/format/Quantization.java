package io.lensmill.imaging.format;

import io.lensmill.imaging.ImageFormatException;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * How numbers of floating point were made integers before they were compressed (FITS 4.0, section 10.2): a scale and a
 * zero for each tile, and a dither that is taken off again.
 *
 * <p>Not the library's: that shifts tiles without dither by half a step, and draws its dither in double where CFITSIO,
 * which wrote the files, has float32.
 */
final class Quantization {

    /** Length of the sequence of pseudo-random numbers (standard, appendix I). */
    private static final int RANDOM_LENGTH = 10_000;

    private static final int RANDOM_STRIDE = 500;
    private static final float[] RANDOM = random();

    /** Stored for exactly 0 by SUBTRACTIVE_DITHER_2. */
    private static final long ZERO = Integer.MIN_VALUE + 2L;

    private final FitsHeader header;
    private final FitsTable table;
    private final boolean used;
    private final boolean dithered;
    private final boolean zeros;
    private final long seed;

    private Quantization(FitsHeader header, FitsTable table, boolean used, boolean dithered, boolean zeros, long seed) {
        this.header = header;
        this.table = table;
        this.used = used;
        this.dithered = dithered;
        this.zeros = zeros;
        this.seed = seed;
    }

    static Quantization of(FitsHeader header, FitsTable table, FitsSample sample) throws ImageFormatException {
        String method = header.text("ZQUANTIZ");
        boolean scaled = header.has("ZSCALE") || table.column("ZSCALE").isPresent();
        boolean used = !sample.isWhole() && scaled && !method.equals("NONE");
        boolean dithered = method.equals("SUBTRACTIVE_DITHER_1") || method.equals("SUBTRACTIVE_DITHER_2");
        if (used && !dithered && !method.isEmpty() && !method.equals("NO_DITHER")) {
            throw ImageFormatException.undecodable("ZQUANTIZ must be NONE, NO_DITHER, SUBTRACTIVE_DITHER_1 or "
                    + "SUBTRACTIVE_DITHER_2; got '" + method + "'.");
        }
        long seed = used && dithered ? header.whole("ZDITHER0", 1, RANDOM_LENGTH) : 1;
        return new Quantization(header, table, used, dithered, method.endsWith("_2"), seed);
    }

    boolean isUsed() {
        return used;
    }

    /**
     * The numbers that a tile's integers stand for, to be asked for in their order; NaN where ZBLANK is stored.
     *
     * @param row number of the tile, from 0
     */
    IntToDoubleFunction restored(int row, long[] integers) throws ImageFormatException {
        double scale = value("ZSCALE", row, 1);
        double zero = value("ZZERO", row, 0);
        double blank = value("ZBLANK", row, Double.NaN);
        if (!dithered) {
            return i -> integers[i] == blank ? Double.NaN : integers[i] * scale + zero;
        }
        int start = (int) ((row + seed - 1) % RANDOM_LENGTH);
        Dither dither = new Dither(start);
        return i -> {
            double random = dither.next();
            if (integers[i] == blank) {
                return Double.NaN;
            }
            return zeros && integers[i] == ZERO ? 0 : (integers[i] - random + 0.5) * scale + zero;
        };
    }

    private double value(String name, int row, double whenMissing) throws ImageFormatException {
        Optional<FitsTable.Column> column = table.column(name);
        return column.isPresent() ? table.number(column.get(), row) : header.number(name, whenMissing);
    }

    /** Where the sequence goes on after its end depends on its next value (standard, section 10.2.1). */
    private static final class Dither {

        private int seed;
        private int place;

        Dither(int seed) {
            this.seed = seed;
            this.place = (int) (RANDOM[seed] * RANDOM_STRIDE);
        }

        double next() {
            double value = RANDOM[place++];
            if (place == RANDOM_LENGTH) {
                seed = (seed + 1) % RANDOM_LENGTH;
                place = (int) (RANDOM[seed] * RANDOM_STRIDE);
            }
            return value;
        }
    }

    /** Park and Miller's generator, in float32 as CFITSIO keeps it. */
    private static float[] random() {
        float[] values = new float[RANDOM_LENGTH];
        long seed = 1;
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            seed = seed * 16_807 % Integer.MAX_VALUE;
            values[i] = (float) ((double) seed / Integer.MAX_VALUE);
        }
        return values;
    }
}
