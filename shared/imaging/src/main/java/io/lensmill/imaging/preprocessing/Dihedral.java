package io.lensmill.imaging.preprocessing;

/**
 * The eight flips and quarter turns of a square. A lens has no preferred direction on the sky, so each of them shows
 * an equally likely image of the same class.
 */
public final class Dihedral {

    /** Number of symmetries; symmetry 0 leaves the image as it is. */
    public static final int SYMMETRIES = 8;

    private Dihedral() {}

    /**
     * Writes one symmetry of a square image.
     *
     * @param image size * size pixels, row by row
     * @param symmetry 0 to 7: bit 0 mirrors columns, bit 1 mirrors rows, bit 2 exchanges rows and columns
     * @param out array that takes size * size pixels from offset on
     */
    public static void apply(float[] image, int size, int symmetry, float[] out, int offset) {
        boolean mirrorColumns = (symmetry & 1) != 0;
        boolean mirrorRows = (symmetry & 2) != 0;
        boolean transpose = (symmetry & 4) != 0;
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                int sourceRow = transpose ? column : row;
                int sourceColumn = transpose ? row : column;
                sourceRow = mirrorRows ? size - 1 - sourceRow : sourceRow;
                sourceColumn = mirrorColumns ? size - 1 - sourceColumn : sourceColumn;
                out[offset + row * size + column] = image[sourceRow * size + sourceColumn];
            }
        }
    }
}
