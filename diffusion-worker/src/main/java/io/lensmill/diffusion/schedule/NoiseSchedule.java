package io.lensmill.diffusion.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * ᾱ for the times 0 … timesteps - 1: at time t an image is √ᾱ·x0 + √(1-ᾱ)·ε, (4) in Ho et al. 2020. In double, for the
 * products of many factors near 1.
 */
public final class NoiseSchedule {

    private final ScheduleKind kind;
    private final double[] alphaBars;

    private NoiseSchedule(ScheduleKind kind, double[] alphaBars) {
        this.kind = kind;
        this.alphaBars = alphaBars;
    }

    /** @param timesteps number of times, 1 to 10,000 */
    public static NoiseSchedule of(ScheduleKind kind, int timesteps) {
        if (timesteps < 1 || timesteps > 10_000) {
            throw new IllegalArgumentException("timesteps must be 1 to 10000; got " + timesteps);
        }
        double[] betas = kind.betas(timesteps);
        double[] alphaBars = new double[timesteps];
        double product = 1;
        for (int t = 0; t < timesteps; t++) {
            product *= 1 - betas[t];
            alphaBars[t] = product;
        }
        return new NoiseSchedule(kind, alphaBars);
    }

    public ScheduleKind kind() {
        return kind;
    }

    public int timesteps() {
        return alphaBars.length;
    }

    /** ᾱ at a time; 1 at time -1, where no noise has been added yet. */
    public double alphaBar(int time) {
        return time == -1 ? 1 : alphaBars[time];
    }

    /** Signal-to-noise ratio ᾱ / (1 - ᾱ) at a time. */
    public double signalToNoise(int time) {
        return alphaBars[time] / (1 - alphaBars[time]);
    }

    /**
     * The way back from noise to image in so many steps, first step first. With fewer steps than times the schedule is
     * respaced: some times, each with its own ᾱ and the ᾱ of the time that the step leads to, so that every step takes
     * away exactly the noise between the two (Nichol and Dhariwal 2021, section 4).
     *
     * @param steps 1 to {@link #timesteps()}
     * @param spacing which times are taken
     */
    public List<TimeStep> steps(int steps, Spacing spacing) {
        if (steps < 1 || steps > alphaBars.length) {
            throw new IllegalArgumentException("steps must be 1 to " + alphaBars.length + "; got " + steps);
        }
        List<TimeStep> way = new ArrayList<>();
        for (int k = steps; k >= 1; k--) {
            int time = spacing.time(k, steps, alphaBars.length);
            way.add(new TimeStep(time, alphaBar(time), alphaBar(spacing.time(k - 1, steps, alphaBars.length))));
        }
        return way;
    }
}
