package io.lensmill.classifier.training;

import io.lensmill.imaging.preprocessing.Dihedral;
import io.lensmill.neural.CounterRandom;

/**
 * Which images a step sees, and in which symmetry. A pure function of seed and step, so a job that goes on from a
 * checkpoint sees exactly what it would have seen.
 *
 * <p>Each epoch is a fresh permutation cut into full batches; the images that are left over (fewer than one batch)
 * rest for that epoch, since batch normalisation over a handful of images would disturb the running statistics.
 */
final class BatchPlan {

    private static final long ORDER = 1;
    private static final long SYMMETRY = 2;
    private static final long STEP = 3;
    private static final long LABELLED = 4;

    private final int images;
    private final int batchSize;
    private final boolean dihedral;
    private final long seed;
    private long plannedEpoch = -1;
    private int[] order;

    /** @param images images of the training split, at least 1 */
    BatchPlan(int images, int batchSize, boolean dihedral, long seed) {
        this.images = images;
        this.batchSize = Math.min(batchSize, images);
        this.dihedral = dihedral;
        this.seed = seed;
    }

    /** @param indexes images of the batch; symmetries one {@link Dihedral} number each */
    record Batch(int[] indexes, int[] symmetries) {}

    int stepsPerEpoch() {
        return images / batchSize;
    }

    int batchSize() {
        return batchSize;
    }

    /** @param step number of the step, the first is 0 */
    Batch at(long step) {
        long epoch = step / stepsPerEpoch();
        if (epoch != plannedEpoch) {
            order = new CounterRandom(seed, ORDER, epoch).permutation(images);
            plannedEpoch = epoch;
        }
        int first = (int) (step % stepsPerEpoch()) * batchSize;
        CounterRandom random = new CounterRandom(seed, SYMMETRY, step);
        int[] indexes = new int[batchSize];
        int[] symmetries = new int[batchSize];
        for (int i = 0; i < batchSize; i++) {
            indexes[i] = order[first + i];
            symmetries[i] = dihedral ? random.nextInt(Dihedral.SYMMETRIES) : 0;
        }
        return new Batch(indexes, symmetries);
    }

    /**
     * Which of the further labelled images a step sees: evenly over their classes, whatever the number of each.
     *
     * @param byClass places of the images of each class; no class is empty
     * @param count how many
     */
    int[] labelled(long step, int[][] byClass, int count) {
        CounterRandom random = new CounterRandom(seed, LABELLED, step);
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            int[] ofClass = byClass[random.nextInt(byClass.length)];
            places[i] = ofClass[random.nextInt(ofClass.length)];
        }
        return places;
    }

    /** Seed of the step's dropout. */
    long stepSeed(long step) {
        return new CounterRandom(seed, STEP, step).nextLong();
    }
}
