package io.lensmill.benchmark;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.cli.messages.TopicReader;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Sampler;
import io.lensmill.contracts.Topics;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.jobs.ModelRelease;
import io.lensmill.local.ChildProcess;
import io.lensmill.local.LocalStack;
import io.lensmill.local.Worker;
import io.lensmill.neural.CounterRandom;
import io.lensmill.neural.Network;
import io.lensmill.neural.OpenMp;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.engine.EngineSettings;
import io.lensmill.neural.engine.Executors;
import io.lensmill.neural.networks.UNet;
import io.lensmill.neural.networks.UNetConfig;
import io.lensmill.storage.MinioObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How much of the network's speed is left when images are sampled by a job. Rounds alternate: in this process, while
 * the worker is halted, the network alone, once on all threads and once in lanes; then a generation job of the worker.
 */
public final class SamplingBenchmark implements AutoCloseable {

    /**
     * The network of the preset {@code fast}, as in the figure {@code unet-infer-32-dim32} of the engine's benchmark.
     */
    private static final UNetConfig NETWORK = new UNetConfig(32, List.of(1, 2, 4), 4, 32);

    private static final int IMAGE_SIZE = 32;
    /** The worker's batch unless it is set otherwise. */
    private static final int BATCH = 64;

    private static final String MODEL = "benchmark-sampling";
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration STANDSTILL = Duration.ofMinutes(2);

    private final LocalStack stack;
    private final Broker broker;
    private final TopicReader events;
    private final NetworkSpeed alone;
    private int jobs;

    /** @param stack started, with the diffusion worker in it */
    public SamplingBenchmark(LocalStack stack) throws Exception {
        this.stack = stack;
        this.broker = Broker.connect(KafkaServers.at(stack.bootstrapServers()), Topics.ALL);
        this.events = broker.readFromNow(Topics.JOBS);
        Tensor images = Tensor.zeros(BATCH, IMAGE_SIZE, IMAGE_SIZE, 1);
        new CounterRandom(7).fillGaussian(images.values());
        Tensor times = Tensor.zeros(BATCH);
        Arrays.fill(times.values(), 500);
        this.alone = new NetworkSpeed(SamplingBenchmark::open, Map.of("image", images, "time", times), BATCH);
        ModelPublished model = release();
        broker.send(Topics.MODELS, model.getModelId(), model);
    }

    /** One round: the network alone, both ways, then a job. */
    public SamplingFigure round(int images, int steps) throws Exception {
        ChildProcess worker = stack.worker(Worker.DIFFUSION);
        NetworkSpeed.Speed engine;
        NetworkSpeed.Speed lanes;
        worker.halt(true);
        try {
            engine = alone.onAllThreads();
            lanes = alone.inLanes(OpenMp.defaultThreads());
        } finally {
            worker.halt(false);
        }
        double seconds = generate(images, steps);
        return new SamplingFigure(engine.imagesPerSecond(), lanes.imagesPerSecond(), images * (double) steps / seconds);
    }

    /** Seconds from the job's beginning to its end: loading the model, sampling, writing. */
    private double generate(int images, int steps) throws Exception {
        String jobId = MODEL + "-" + jobs++;
        broker.send(
                Topics.GENERATION_REQUESTS,
                jobId,
                GenerationRequest.newBuilder()
                        .setJobId(jobId)
                        .setModelId(MODEL)
                        .setCount(images)
                        .setSampler(Sampler.DDIM)
                        .setSteps(steps)
                        .setCollection("benchmark/sampling")
                        .build());
        broker.flush();
        long begin = 0;
        long lastNews = System.nanoTime();
        while (System.nanoTime() - lastNews < STANDSTILL.toNanos()) {
            for (ConsumerRecord<String, byte[]> record : events.poll(GLANCE)) {
                lastNews = System.nanoTime();
                JobState state = state(record, jobId);
                if (state == JobState.RUNNING && begin == 0) {
                    begin = record.timestamp();
                } else if (state == JobState.SUCCEEDED) {
                    return (record.timestamp() - begin) / 1000.0;
                }
            }
        }
        throw new IllegalStateException("Nothing was heard of job " + jobId + " for " + STANDSTILL.toSeconds() + " s. "
                + stack.worker(Worker.DIFFUSION).obituary());
    }

    /** What an event says of the job; null when it is about another. */
    private static JobState state(ConsumerRecord<String, byte[]> record, String jobId) throws RefusedException {
        if (!jobId.equals(record.key())) {
            return null;
        }
        JobEvent event = Envelope.decode(record.value(), JobEvent.class);
        if (event.getState() == JobState.FAILED || event.getState() == JobState.REJECTED) {
            throw new IllegalStateException(
                    "Job " + jobId + " has ended as " + event.getState() + ": " + event.getMessage());
        }
        return event.getState();
    }

    private static Network open() {
        Network network = Executors.open(UNet.define(NETWORK), EngineSettings.fromEnvironment());
        network.initialise(1);
        return network;
    }

    /** A model with initial weights: as fast as a trained one. */
    private ModelPublished release() throws IOException {
        byte[] weights;
        try (Network network = open()) {
            weights = network.parameters().toSafetensors(Map.of("modelId", MODEL));
        }
        String preprocessing = Preprocessing.MINMAX_V1.id();
        String description = "{\"network\": " + NETWORK.toJson()
                + ", \"schedule\": \"sigmoid\", \"timesteps\": 1000, \"objective\": \"v\", \"imageSize\": " + IMAGE_SIZE
                + ", \"preprocessing\": \"" + preprocessing + "\"}";
        ModelPublished.Builder model = ModelPublished.newBuilder()
                .setModelId(MODEL)
                .setTask(ModelTask.DIFFUSION)
                .setNetwork(NETWORK.toJson())
                .setInputSize(IMAGE_SIZE)
                .setClasses(List.of())
                .setPreprocessing(preprocessing)
                .setTrained(false)
                .setDataset("none")
                .setDatasetSha256("0".repeat(64))
                .setJobId(MODEL);
        return new ModelRelease(MinioObjectStore.connect(stack.store()), Clock.systemUTC())
                .write(
                        model,
                        Map.of(
                                ModelRelease.WEIGHTS,
                                weights,
                                ModelRelease.DESCRIPTION,
                                description.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        events.close();
        broker.close();
    }
}
