/** How a network learns: step, loss, optimisers, learning-rate schedules, moving average, checkpoints. */
package io.lensmill.neural.training;
