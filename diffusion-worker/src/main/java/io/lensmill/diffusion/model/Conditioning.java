package io.lensmill.diffusion.model;

/**
 * What the network is told of the images it makes.
 *
 * @param classes number of classes that the network knows; 0: none, and nothing is told
 * @param classIndex the images' class, 0 to classes - 1; -1: none is told
 * @param guidance w in prediction = (1 + w) · with class - w · without, (6) in Ho and Salimans 2022; 0: without is not asked
 */
public record Conditioning(int classes, int classIndex, double guidance) {

    /** No class for all. */
    private static final int NONE = -1;

    /** @throws IllegalArgumentException when the class is none of them, or there is guidance without a class */
    public Conditioning {
        if (classIndex < NONE || classIndex >= classes) {
            throw new IllegalArgumentException("classIndex must be -1 to " + (classes - 1) + "; got " + classIndex);
        }
        if (!(guidance >= 0) || guidance > 0 && classIndex == NONE) {
            throw new IllegalArgumentException("guidance must be at least 0, and 0 without a class; got " + guidance);
        }
    }

    /** For a network that knows so many classes: it is told none. */
    public static Conditioning none(int classes) {
        return new Conditioning(classes, NONE, 0);
    }

    /** Whether the network is asked about each image with and without its class. */
    boolean guided() {
        return guidance > 0;
    }

    /**
     * What the network is told of so many images: [count, classes]; with guidance [2 count, classes], the second half
     * without a class.
     */
    float[] told(int count) {
        float[] told = new float[(guided() ? 2 : 1) * count * classes];
        for (int i = 0; classIndex != NONE && i < count; i++) {
            told[i * classes + classIndex] = 1;
        }
        return told;
    }
}
