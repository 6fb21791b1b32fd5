package io.lensmill.classifier.scoring;

import io.lensmill.classifier.foreign.ForeignDetector;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.neural.Network;
import java.util.List;
import java.util.Optional;

/** A published classifier, in memory and ready: a network for each lane, all with the same weights. */
public final class LoadedModel implements AutoCloseable {

    private final ModelIdentity identity;
    private final Preprocessing preprocessing;
    private final int imageSize;
    private final Optional<ForeignDetector> foreign;
    private final List<Lane> lanes;

    /**
     * What a lane works with.
     *
     * @param network with the model's weights
     * @param scorer runs that network
     */
    record Lane(Network network, Scorer scorer) {}

    /**
     * @param foreign tells images that are not like those of the training; empty for a model of before 1.6
     * @param lanes at least one; their networks are closed with this model
     */
    LoadedModel(
            ModelIdentity identity,
            Preprocessing preprocessing,
            int imageSize,
            Optional<ForeignDetector> foreign,
            List<Lane> lanes) {
        this.identity = identity;
        this.preprocessing = preprocessing;
        this.imageSize = imageSize;
        this.foreign = foreign;
        this.lanes = List.copyOf(lanes);
    }

    public ModelIdentity identity() {
        return identity;
    }

    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** Tells images that are not like those of the training; empty for a model that was published without it. */
    public Optional<ForeignDetector> foreign() {
        return foreign;
    }

    /** The image as the network takes it: scaled and resized as in the model's training. */
    public FloatImage prepare(FloatImage image) {
        return preprocessing.apply(image, imageSize);
    }

    /**
     * As {@link #prepare}.
     *
     * @throws ImageFormatException NO_INFORMATION when the image shows nothing, or nothing that the network would see
     */
    public FloatImage prepareWithInformation(FloatImage image) throws ImageFormatException {
        return preprocessing.applyWithInformation(image, imageSize);
    }

    /**
     * Lets a lane's network see every batch size once, so that whatever it compiles is compiled: on the lane's thread.
     */
    public void warmUp(int lane) {
        lanes.get(lane).scorer().warmUp();
    }

    /**
     * @param lane whose network to use; one thread at a time
     * @param prepared images that {@link #prepare} made
     */
    public List<Score> score(int lane, List<FloatImage> prepared) {
        return lanes.get(lane).scorer().score(prepared);
    }

    /** Executor, precision and threads, for the log. */
    public String describe() {
        return "in " + lanes.size() + " lanes, " + lanes.get(0).network().describe();
    }

    @Override
    public void close() {
        lanes.forEach(lane -> lane.network().close());
    }
}
