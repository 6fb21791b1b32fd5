package io.lensmill.neural.training;

/** Learning rate by step. */
@FunctionalInterface
public interface LearningRateSchedule {

    /** @param step number of the step, from 0 */
    double at(long step);

    static LearningRateSchedule constant(double rate) {
        return step -> rate;
    }

    /**
     * One cycle (Smith and Topin 2018) as {@code torch.optim.lr_scheduler.OneCycleLR} has it by default: from maximum /
     * 25 up to maximum over the first 30 % of the steps, then down to maximum / 250,000, both along half a cosine.
     */
    static LearningRateSchedule oneCycle(double maximum, long totalSteps) {
        double start = maximum / 25;
        double end = start / 1e4;
        double peak = 0.3 * totalSteps - 1;
        return step -> {
            if (step <= peak) {
                return halfCosine(start, maximum, step / peak);
            }
            return halfCosine(maximum, end, Math.min(1, (step - peak) / Math.max(1, totalSteps - 1 - peak)));
        };
    }

    /** Linear rise over warmUpSteps to the maximum, then half a cosine down to zero at totalSteps. */
    static LearningRateSchedule warmUpCosine(double maximum, long warmUpSteps, long totalSteps) {
        return step -> step < warmUpSteps
                ? maximum * (step + 1) / warmUpSteps
                : halfCosine(
                        maximum, 0, Math.min(1, (step - warmUpSteps) / (double) Math.max(1, totalSteps - warmUpSteps)));
    }

    private static double halfCosine(double from, double to, double share) {
        return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
    }
}
