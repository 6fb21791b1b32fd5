package io.lensmill.benchmark;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.ImagePublisher;
import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.cli.messages.TopicReader;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.Topics;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.imaging.simulation.LensSimulator;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.local.ChildProcess;
import io.lensmill.local.LocalStack;
import io.lensmill.local.Worker;
import io.lensmill.neural.CounterRandom;
import io.lensmill.neural.OpenMp;
import io.lensmill.neural.Tensor;
import io.lensmill.storage.MinioObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How much of the engine's speed is left when images come and go as messages. Rounds alternate: in this process, while
 * the worker is halted, the network alone, once on all threads and once in the worker's lanes; then the worker over
 * images that all stand on the topic when it goes on.
 */
public final class RoadBenchmark implements AutoCloseable {

    private static final String COLLECTION = "benchmark/road";
    /** The worker's batch unless it is set otherwise, and that of the engine's benchmark. */
    private static final int BATCH = 32;
    /** Images of a round before the timed ones: the first polls are smaller. */
    private static final int LEAD_PERCENT = 10;

    private static final int DIFFERENT_IMAGES = 120;
    /** As many networks side by side as the worker has by default. */
    private static final int MOST_LANES = 4;

    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    private final LocalStack stack;
    private final Broker broker;
    private final TopicReader results;
    private final NetworkSpeed alone;
    private final List<byte[]> files;
    private int published;

    /**
     * @param stack started, with the classifier worker in it
     * @param classifier the model that the worker scores with; the images have its size
     */
    public RoadBenchmark(LocalStack stack, RandomClassifier classifier) throws Exception {
        this.stack = stack;
        this.broker = Broker.connect(KafkaServers.at(stack.bootstrapServers()), Topics.ALL);
        this.results = broker.readFromNow(Topics.CLASSIFICATIONS);
        Tensor images = Tensor.zeros(BATCH, classifier.imageSize(), classifier.imageSize(), 1);
        new CounterRandom(7).fillGaussian(images.values());
        this.alone = new NetworkSpeed(() -> classifier.open(1), Map.of("image", images), BATCH);
        LensSimulator simulator =
                new LensSimulator(SimulationModel.DEMO.settings().withSize(classifier.imageSize()));
        this.files = IntStream.range(0, DIFFERENT_IMAGES)
                .parallel()
                .mapToObj(i -> NpyCodec.encode(simulator.simulate(LensClass.inTurn(i), 1, i)))
                .toList();
        ModelPublished model = classifier.release(MinioObjectStore.connect(stack.store()), "benchmark-road", 1);
        broker.send(Topics.MODELS, model.getModelId(), model);
    }

    /** Runs both sides for a while, so that all that is compiled while running is compiled. */
    public void warmUp(int images) throws Exception {
        round(images);
    }

    /** One round: the engine alone, both ways, then the worker over this many images. */
    public RoadFigure round(int images) throws Exception {
        ChildProcess worker = stack.worker(Worker.CLASSIFIER);
        NetworkSpeed.Speed engine;
        NetworkSpeed.Speed lanes;
        worker.halt(true);
        try {
            publish(images);
            engine = alone.onAllThreads();
            lanes = alone.inLanes(Math.min(MOST_LANES, OpenMp.defaultThreads()));
        } finally {
            worker.halt(false);
        }
        Duration workerBefore = worker.processorTime();
        Duration brokerBefore = NetworkSpeed.ownProcessorTime();
        long[] times = awaitResults(images);
        double workerMillis = millis(worker.processorTime().minus(workerBefore)) / images;
        double brokerMillis = millis(NetworkSpeed.ownProcessorTime().minus(brokerBefore)) / images;
        return new RoadFigure(
                engine.imagesPerSecond(),
                lanes.imagesPerSecond(),
                steadyRate(times),
                engine.processorMillis(),
                workerMillis,
                brokerMillis);
    }

    /**
     * Images per second between the end of the lead and the last result.
     *
     * @param times when each result was written, in milliseconds, rising
     */
    static double steadyRate(long[] times) {
        long begin = times[times.length * LEAD_PERCENT / 100];
        long counted = Arrays.stream(times).filter(time -> time > begin).count();
        return counted * 1000.0 / Math.max(1, times[times.length - 1] - begin);
    }

    private void publish(int images) {
        ImagePublisher publisher = new ImagePublisher(broker, COLLECTION);
        for (int i = 0; i < images; i++) {
            publisher.publish("road-" + published, files.get(published % files.size()), Optional.empty());
            published++;
        }
        broker.flush();
    }

    private long[] awaitResults(int images) {
        List<Long> times = new ArrayList<>(images);
        long lastNews = System.nanoTime();
        while (times.size() < images) {
            List<ConsumerRecord<String, byte[]>> records = results.poll(GLANCE);
            records.forEach(record -> times.add(record.timestamp()));
            if (!records.isEmpty()) {
                lastNews = System.nanoTime();
            } else if (System.nanoTime() - lastNews > STANDSTILL.toNanos()) {
                throw new IllegalStateException("After " + times.size() + " of " + images + " classifications none came"
                        + " for " + STANDSTILL.toSeconds() + " s. "
                        + stack.worker(Worker.CLASSIFIER).obituary());
            }
        }
        return times.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    @Override
    public void close() {
        results.close();
        broker.close();
    }
}
