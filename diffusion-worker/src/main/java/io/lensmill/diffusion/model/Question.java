package io.lensmill.diffusion.model;

/**
 * What somebody wants to know of a network.
 *
 * @param images count noisy images, [count, height, width]; not changed before the answer is there
 * @param count number of images, at least 1
 * @param time their time
 * @param told what the network is told of their class, [count, classes]; empty for networks without classes
 */
record Question(float[] images, int count, int time, float[] told) {}
