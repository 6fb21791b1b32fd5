package io.lensmill.classifier.scoring;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.Preprocessing;
import io.lensmill.neural.Network;
import java.util.List;

/** A published classifier, in memory and ready. One thread at a time, as its network. */
public final class LoadedModel implements AutoCloseable {

    private final ModelIdentity identity;
    private final Preprocessing preprocessing;
    private final int imageSize;
    private final Network network;
    private final Scorer scorer;

    /**
     * @param network with the model's weights; closed with this model
     * @param scorer runs that network
     */
    public LoadedModel(
            ModelIdentity identity, Preprocessing preprocessing, int imageSize, Network network, Scorer scorer) {
        this.identity = identity;
        this.preprocessing = preprocessing;
        this.imageSize = imageSize;
        this.network = network;
        this.scorer = scorer;
    }

    public ModelIdentity identity() {
        return identity;
    }

    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** The image as the network takes it: scaled and resized as in the model's training. */
    public FloatImage prepare(FloatImage image) {
        return preprocessing.apply(image, imageSize);
    }

    /** Lets the network see every batch size once, so that whatever it compiles is compiled. */
    public void warmUp() {
        scorer.warmUp();
    }

    /** @param prepared images that {@link #prepare} made */
    public List<Score> score(List<FloatImage> prepared) {
        return scorer.score(prepared);
    }

    /** Executor, precision and threads, for the log. */
    public String describe() {
        return network.describe();
    }

    @Override
    public void close() {
        network.close();
    }
}
