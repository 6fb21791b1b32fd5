package io.lensmill.diffusion.model;

import io.lensmill.neural.Tensor;

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

    /** The same without its class. */
    Conditioning withoutClass() {
        return none(classes);
    }

    /** The network's input "class", [count, classes]. */
    Tensor input(int count) {
        Tensor input = Tensor.zeros(count, classes);
        for (int i = 0; classIndex != NONE && i < count; i++) {
            input.values()[i * classes + classIndex] = 1;
        }
        return input;
    }
}
