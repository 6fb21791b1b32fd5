package io.lensmill.diffusion.sampling;

import io.lensmill.diffusion.schedule.DiffusionProcess;
import io.lensmill.diffusion.schedule.Objective;
import io.lensmill.diffusion.schedule.TimeStep;
import java.util.List;

/**
 * Makes images out of noise: for each step the network's prediction, the clean image x0 that it stands for clipped to
 * [-1, 1], and the sampler's move. The result is mapped to [0, 1] by (x + 1) / 2 for all images alike; none is
 * stretched on its own.
 */
public final class ReverseProcess {

    private final DiffusionProcess process;
    private final Sampler sampler;
    private final List<TimeStep> trajectory;
    private final NoiseSource noise;

    /** @param trajectory steps of the process's schedule, first step first */
    public ReverseProcess(DiffusionProcess process, Sampler sampler, List<TimeStep> trajectory, NoiseSource noise) {
        this.process = process;
        this.sampler = sampler;
        this.trajectory = List.copyOf(trajectory);
        this.noise = noise;
    }

    /**
     * Called before each step.
     *
     * @param <E> what it may throw to stop the sampling
     */
    @FunctionalInterface
    public interface BeforeStep<E extends Exception> {
        void step(int done, int total) throws E;
    }

    /**
     * Images firstIndex … firstIndex + count - 1 of a job.
     *
     * @param count images in this batch, at least 1
     * @param pixels pixels per image
     * @param beforeStep may stop the sampling by throwing
     * @return [count, pixels] in [0, 1]
     * @throws IllegalStateException when the network answers with NaN
     */
    public <E extends Exception> float[] sample(
            Denoiser denoiser, long firstIndex, int count, int pixels, BeforeStep<? extends E> beforeStep) throws E {
        float[] x = new float[Math.multiplyExact(count, pixels)];
        float[] earlierX0 = new float[x.length];
        float[] fresh = new float[pixels];
        for (int image = 0; image < count; image++) {
            noise.fill(firstIndex + image, process.schedule().timesteps(), fresh);
            System.arraycopy(fresh, 0, x, image * pixels, pixels);
        }
        for (int done = 0; done < trajectory.size(); done++) {
            beforeStep.step(done, trajectory.size());
            float[] prediction =
                    denoiser.predict(firstIndex, x, count, trajectory.get(done).time());
            move(x, prediction, earlierX0, done, firstIndex, fresh);
        }
        return toUnitRange(x);
    }

    /**
     * One step: x, [count, pixels], becomes the image at the time that the step leads to.
     *
     * @param earlierX0 clean images that the step before predicted; those of this step afterwards
     * @param done steps before this one
     * @param fresh room for one image's noise
     */
    void move(float[] x, float[] prediction, float[] earlierX0, int done, long firstIndex, float[] fresh) {
        TimeStep step = trajectory.get(done);
        Objective objective = process.objective();
        double a = Math.sqrt(step.alphaBar());
        double s = Math.sqrt(1 - step.alphaBar());
        Sampler.Move move = sampler.move(trajectory, done);
        for (int first = 0; first < x.length; first += fresh.length) {
            if (move.ofNoise() > 0) {
                noise.fill(firstIndex + first / fresh.length, step.time(), fresh);
            }
            for (int i = 0; i < fresh.length; i++) {
                double now = x[first + i];
                double x0 = clip(objective.toX0(prediction[first + i], now, a, s));
                double moved = move.ofX0() * x0 + move.ofEarlierX0() * earlierX0[first + i] + move.ofX() * now;
                earlierX0[first + i] = (float) x0;
                x[first + i] = (float) (move.ofNoise() > 0 ? moved + move.ofNoise() * fresh[i] : moved);
            }
        }
    }

    private static double clip(double x0) {
        return Math.min(Math.max(x0, -1), 1);
    }

    private static float[] toUnitRange(float[] x) {
        for (int i = 0; i < x.length; i++) {
            if (Float.isNaN(x[i])) {
                throw new IllegalStateException("The network answered with NaN; its weights are damaged");
            }
            x[i] = Math.min(Math.max((x[i] + 1) / 2, 0), 1);
        }
        return x;
    }
}
