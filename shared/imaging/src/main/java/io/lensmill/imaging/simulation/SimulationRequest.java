package io.lensmill.imaging.simulation;

/**
 * A set of simulated images.
 *
 * @param model name of a {@link SimulationModel}
 * @param size side of the images in pixels
 * @param substructure factor on the substructure masses
 * @param seed of the set
 * @param train images per class for training, at least 0
 * @param validation images per class for validation, at least 0
 */
public record SimulationRequest(String model, int size, double substructure, long seed, int train, int validation) {

    /** Most images per class: five digits name them. */
    private static final int MOST = 100_000;

    /** @throws IllegalArgumentException when a count is out of range; the model and its settings are checked too */
    public SimulationRequest {
        if (train < 0 || validation < 0 || train + validation < 1 || train + validation > MOST) {
            throw new IllegalArgumentException("train + validation must be 1 to " + MOST
                    + " images per class, neither negative; got " + train + " + " + validation);
        }
        SimulationModel.of(model).settings().withSize(size).withSubstructure(substructure);
    }

    /** The model's own size and substructure. */
    public static SimulationRequest of(SimulationModel model, long seed, int train, int validation) {
        SimulationSettings settings = model.settings();
        return new SimulationRequest(
                model.id(), settings.size(), settings.substructure().factor(), seed, train, validation);
    }

    public SimulationRequest withSize(int other) {
        return new SimulationRequest(model, other, substructure, seed, train, validation);
    }

    public SimulationRequest withSubstructure(double factor) {
        return new SimulationRequest(model, size, factor, seed, train, validation);
    }

    public SimulationSettings settings() {
        return SimulationModel.of(model).settings().withSize(size).withSubstructure(substructure);
    }

    /** Images of all classes together. */
    public int total() {
        return LensClass.values().length * (train + validation);
    }
}
