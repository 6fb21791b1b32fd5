package io.lensmill.diffusion.training;

/** What is done to a training image each time it is seen. */
public enum Augmentation {
    NONE {
        @Override
        int variants() {
            return 1;
        }
    },
    /** One of the eight flips and quarter turns of the square: a lens has no preferred direction. */
    DIHEDRAL {
        @Override
        int variants() {
            return 8;
        }
    };

    /** Number of forms that an image can take. */
    abstract int variants();

    /**
     * Writes a square image in one of its forms. Form 0 is the image itself; bit 0 mirrors left and right, bit 1 top
     * and bottom, bit 2 swaps rows and columns.
     */
    static void write(float[] image, int size, int variant, float[] out) {
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                int y = (variant & 2) == 0 ? row : size - 1 - row;
                int x = (variant & 1) == 0 ? column : size - 1 - column;
                out[row * size + column] = (variant & 4) == 0 ? image[y * size + x] : image[x * size + y];
            }
        }
    }
}
