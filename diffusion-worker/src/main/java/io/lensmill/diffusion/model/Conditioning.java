package io.lensmill.diffusion.model;

/**
 * What the network is told of the images it makes.
 *
 * @param classes number of classes that the network knows; 0: none, and nothing is told
 * @param classIndex the images' class, 0 to classes - 1; -1: the classes in turn, image k of a job being of class k mod
 *     classes
 * @param guidance w in prediction = (1 + w) · with class - w · without, (6) in Ho and Salimans 2022; 0: without is not
 *     asked
 */
public record Conditioning(int classes, int classIndex, double guidance) {

    private static final int IN_TURN = -1;

    /** @throws IllegalArgumentException when the class is none of them, or there is guidance without classes */
    public Conditioning {
        if (classIndex < IN_TURN || classIndex >= classes) {
            throw new IllegalArgumentException("classIndex must be -1 to " + (classes - 1) + "; got " + classIndex);
        }
        if (!(guidance >= 0) || (guidance > 0 && classes == 0)) {
            throw new IllegalArgumentException("guidance must be at least 0, and 0 without classes; got " + guidance);
        }
    }

    /**
     * As many images of each class. Not being told a class would be no way to the same: that is learnt from a small
     * share of the images, for guidance only.
     */
    public static Conditioning inTurn(int classes, double guidance) {
        return new Conditioning(classes, IN_TURN, guidance);
    }

    /** What is asked of the network about images firstIndex … firstIndex + count - 1 of a job at a time. */
    public InferenceRequest request(long firstIndex, float[] images, int count, int time) {
        return new InferenceRequest(images, count, time, oneHot(firstIndex, count), guidance);
    }

    /** [count, classes]; with guidance [2 count, classes], the second half without a class. */
    float[] oneHot(long firstIndex, int count) {
        float[] rows = new float[(guidance > 0 ? 2 : 1) * count * classes];
        for (int i = 0; classes > 0 && i < count; i++) {
            int of = classIndex == IN_TURN ? (int) ((firstIndex + i) % classes) : classIndex;
            rows[i * classes + of] = 1;
        }
        return rows;
    }
}
