package io.lensmill.imaging.simulation;

/**
 * A set of simulated images.
 *
 * @param settings what they are drawn from
 * @param seed of the set
 * @param train images per class for training, at least 0
 * @param validation images per class for validation, at least 0
 */
public record SimulationRequest(SimulationSettings settings, long seed, int train, int validation) {

    /** Most images per class: five digits name them. */
    private static final int MOST = 100_000;

    /** @throws IllegalArgumentException when a count is out of range */
    public SimulationRequest {
        if (train < 0 || validation < 0 || train + validation < 1 || train + validation > MOST) {
            throw new IllegalArgumentException("train + validation must be 1 to " + MOST
                    + " images per class, neither negative; got " + train + " + " + validation);
        }
    }

    /** The model's own size and substructure. */
    public static SimulationRequest of(SimulationModel model, long seed, int train, int validation) {
        return new SimulationRequest(model.settings(), seed, train, validation);
    }

    public SimulationRequest withSize(int other) {
        return new SimulationRequest(settings.withSize(other), seed, train, validation);
    }

    public SimulationRequest withSubstructure(double factor) {
        return new SimulationRequest(settings.withSubstructure(factor), seed, train, validation);
    }

    /** Images of all classes together. */
    public int total() {
        return LensClass.values().length * (train + validation);
    }
}
