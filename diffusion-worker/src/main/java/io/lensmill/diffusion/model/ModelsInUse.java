package io.lensmill.diffusion.model;

import io.lensmill.contracts.ModelPublished;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;

/**
 * The models that jobs sample from at this time. A model is loaded for the first of them, shared by all, and freed
 * after the last. Safe for use by several threads.
 */
public final class ModelsInUse {

    /** A step between two network passes of a small job takes some tenths of a millisecond. */
    private static final Duration GRACE = Duration.ofMillis(2);

    private final ModelLoader loader;
    private final int lanes;
    private final PassSizes passSizes;
    private final ThreadFactory laneThreads;
    private final Map<String, NetworkLanes> models = new HashMap<>();

    /**
     * @param lanes networks of each model, at least 1
     * @param passSizes most images of a pass that several jobs share
     * @param laneThreads makes the lanes' threads
     */
    public ModelsInUse(ModelLoader loader, int lanes, PassSizes passSizes, ThreadFactory laneThreads) {
        this.loader = loader;
        this.lanes = lanes;
        this.passSizes = passSizes;
        this.laneThreads = laneThreads;
    }

    /** Most images of one network pass. */
    @FunctionalInterface
    public interface PassSizes {
        /** @param imageSize edge of the images in pixels */
        int of(int imageSize);
    }

    /** The right to use a model until it is closed. */
    public final class Lease implements AutoCloseable {

        private final String modelId;
        private final NetworkLanes lanes;

        private Lease(String modelId, NetworkLanes lanes) {
            this.modelId = modelId;
            this.lanes = lanes;
        }

        public NetworkLanes lanes() {
            return lanes;
        }

        @Override
        public void close() {
            release(this);
        }
    }

    /**
     * The model, loaded if it is not in use yet.
     *
     * @throws IOException as of {@link ModelLoader#load}
     */
    public synchronized Lease lease(ModelPublished model, DiffusionModel description) throws IOException {
        NetworkLanes inUse = models.get(model.getModelId());
        if (inUse == null) {
            inUse = load(model, description);
            models.put(model.getModelId(), inUse);
        }
        inUse.join();
        return new Lease(model.getModelId(), inUse);
    }

    private NetworkLanes load(ModelPublished model, DiffusionModel description) throws IOException {
        List<NetworkPass> networks = loader.load(model, description, lanes).stream()
                .map(network -> new NetworkPass(network, description.imageSize()))
                .toList();
        return new NetworkLanes(networks, passSizes.of(description.imageSize()), GRACE, laneThreads);
    }

    private synchronized void release(Lease lease) {
        if (lease.lanes.leave() == 0) {
            models.remove(lease.modelId);
            lease.lanes.close();
        }
    }
}
