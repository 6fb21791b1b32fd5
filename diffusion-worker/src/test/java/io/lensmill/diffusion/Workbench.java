package io.lensmill.diffusion;

import static java.util.Map.entry;

import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.contracts.Sampler;
import io.lensmill.contracts.StepSpacing;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.diffusion.generation.GenerationEnvironment;
import io.lensmill.diffusion.generation.GenerationJob;
import io.lensmill.diffusion.model.ModelLoader;
import io.lensmill.diffusion.model.ModelsInUse;
import io.lensmill.diffusion.model.Networks;
import io.lensmill.diffusion.training.TrainingEnvironment;
import io.lensmill.diffusion.training.TrainingJob;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.dataset.DatasetRepository;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.jobs.Cancellations;
import io.lensmill.jobs.JobOutcome;
import io.lensmill.jobs.JobRunner;
import io.lensmill.jobs.PublishedModels;
import io.lensmill.neural.Network;
import io.lensmill.neural.engine.Executors;
import io.lensmill.neural.networks.UNet;
import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.storage.ObjectEntry;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Everything that jobs need, in memory; it hears what they say. */
public final class Workbench {

    /** The smallest training there is: settings over those of the preset smoke. */
    public static final Map<String, String> TINY = Map.ofEntries(
            entry("imageSize", "8"),
            entry("dim", "4"),
            entry("multipliers", "1,2"),
            entry("attentionHeads", "1"),
            entry("attentionHeadDim", "4"),
            entry("batchSize", "4"),
            entry("steps", "6"),
            entry("timesteps", "50"),
            entry("emaAfterSteps", "2"),
            entry("emaEverySteps", "1"),
            entry("sheetImages", "2"),
            entry("sheetSteps", "2"));

    public final ObjectStore store = new InMemoryObjectStore();
    public final List<JobEvent> events = Collections.synchronizedList(new ArrayList<>());
    public final List<ModelPublished> published = new ArrayList<>();
    public final List<SampleBatch> batches = Collections.synchronizedList(new ArrayList<>());
    public final Cancellations cancellations = new Cancellations();
    public JobRunner runner = newRunner();
    public GenerationEnvironment.BatchSizes batchSizes = new GenerationEnvironment.BatchSizes(4, 1 << 20);
    /** Networks of a model that is sampled from. */
    public int lanes = 1;
    /** The newest network. */
    public Network network;
    /** Called whenever a network is used. */
    public Runnable onNetworkUse = () -> {};
    /** Called after a batch was announced. */
    public Consumer<SampleBatch> onBatch = batch -> {};

    private final PublishedModels models = new PublishedModels(ModelTask.DIFFUSION, () -> {});
    private final AtomicInteger offset = new AtomicInteger();
    private ModelsInUse modelsInUse;

    /** As after a restart of the worker. */
    public void restart() {
        runner = newRunner();
        onNetworkUse = () -> {};
        onBatch = batch -> {};
    }

    /** A workbench with this one's published models and nothing else of it. */
    public Workbench withSameModels() throws IOException {
        Workbench other = new Workbench();
        for (ObjectEntry file : store.list("models/")) {
            other.store.put(file.key(), store.get(file.key(), file.sizeBytes()));
        }
        published.forEach(other.models::accept);
        return other;
    }

    /** Puts so many rings of different sizes into a dataset. */
    public void putDataset(String name, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            store.put(
                    ObjectKey.of("datasets/" + name + "/train/" + (i % 2 == 0 ? "no/" : "sphere/") + i + ".npy"),
                    NpyCodec.encode(ring(16, 3 + i % 4)));
        }
    }

    /** Trains and publishes a tiny model. */
    public ModelPublished train(String jobId) throws IOException {
        putDataset("rings", 6);
        run(training(jobId, "rings", TINY));
        return published.get(published.size() - 1);
    }

    public static TrainingRequest training(String jobId, String dataset, Map<String, String> overrides) {
        return new TrainingRequest("1.0", jobId, dataset, "smoke", overrides, 3L, null, null, null);
    }

    public static GenerationRequest.Builder generation(String jobId, int count) {
        return GenerationRequest.newBuilder()
                .setJobId(jobId)
                .setCount(count)
                .setSampler(Sampler.DDIM)
                .setSteps(5)
                .setSeed(7)
                // Avro looks enum defaults up by name, and finds those of the other class loader that Quarkus tests
                // have.
                .setSpacing(StepSpacing.EVEN)
                .setCollection("made");
    }

    public JobOutcome run(TrainingRequest request) {
        return runner.run(new TrainingJob(request, trainingEnvironment()), "trainings-0@" + offset.getAndIncrement());
    }

    public JobOutcome run(GenerationRequest request) {
        return run(request, "generations-0@" + offset.getAndIncrement());
    }

    public JobOutcome run(GenerationRequest request, String origin) {
        return runner.run(new GenerationJob(request, generationEnvironment()), origin);
    }

    public JobEvent lastEvent() {
        return events.get(events.size() - 1);
    }

    private TrainingEnvironment trainingEnvironment() {
        return new TrainingEnvironment(
                store,
                new DatasetRepository(store),
                models,
                networks(),
                model -> {
                    published.add(model);
                    models.accept(model);
                },
                Clock.systemUTC());
    }

    private synchronized GenerationEnvironment generationEnvironment() {
        ModelLoader loader = new ModelLoader(store, networks());
        if (modelsInUse == null) {
            modelsInUse = new ModelsInUse(loader, lanes, batchSizes::of, Thread::new);
        }
        return new GenerationEnvironment(
                store,
                models,
                loader,
                modelsInUse,
                batch -> {
                    batches.add(batch);
                    onBatch.accept(batch);
                },
                batchSizes,
                Clock.systemUTC());
    }

    private Networks networks() {
        return config -> {
            network = new WatchedNetwork(Executors.deeplearning4j(UNet.define(config)), inputs -> onNetworkUse.run());
            return network;
        };
    }

    private JobRunner newRunner() {
        return new JobRunner(store, events::add, cancellations, Clock.systemUTC());
    }

    static FloatImage ring(int size, double radius) {
        float[] pixels = new float[size * size];
        for (int i = 0; i < pixels.length; i++) {
            int row = i / size;
            int column = i % size;
            double y = row - (size - 1) / 2.0;
            double x = column - (size - 1) / 2.0;
            double fromRing = Math.hypot(x, y) - radius;
            pixels[i] = (float) Math.exp(-fromRing * fromRing);
        }
        return new FloatImage(size, size, pixels);
    }
}
