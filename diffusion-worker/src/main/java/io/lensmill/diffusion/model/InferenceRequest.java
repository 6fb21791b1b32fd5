package io.lensmill.diffusion.model;

/**
 * Images that a network shall denoise in one pass. Made by {@link Conditioning#request}.
 *
 * @param images count noisy images, [count, height, width]; not changed before the answer is there
 * @param count number of images, at least 1
 * @param time their time
 * @param classes one-hot class of each row, [rows, classes]; empty for networks without classes
 * @param guidance w in prediction = (1 + w) · with class - w · without; above 0 each image goes through the network
 *     twice
 */
public record InferenceRequest(float[] images, int count, int time, float[] classes, double guidance) {

    /** Images of the network pass: all of them, and with guidance all of them again without a class. */
    int rows() {
        return guidance > 0 ? 2 * count : count;
    }
}
