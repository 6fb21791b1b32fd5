package io.lensmill.diffusion.training;

import io.lensmill.imaging.preprocessing.Dihedral;

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
            return Dihedral.SYMMETRIES;
        }
    };

    /** Number of forms that an image can take. */
    abstract int variants();

    /**
     * Writes a square image in one of its forms; form 0 is the image itself.
     *
     * @param variant 0 to {@link #variants} - 1
     */
    static void write(float[] image, int size, int variant, float[] out) {
        Dihedral.apply(image, size, symmetryOf(variant), out, 0);
    }

    /**
     * Where rows and columns are exchanged, the mirrors are counted before the exchange, and by {@link Dihedral} after
     * it. Trainings go on from checkpoints of any version only if every number keeps its form.
     */
    private static int symmetryOf(int variant) {
        return switch (variant) {
            case 5 -> 6;
            case 6 -> 5;
            default -> variant;
        };
    }
}
