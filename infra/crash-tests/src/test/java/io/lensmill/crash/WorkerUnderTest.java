package io.lensmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.benchmark.RandomClassifier;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.JobWatch;
import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageFormat;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.LensImage;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.imaging.simulation.LensSimulator;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.local.Home;
import io.lensmill.local.LocalStack;
import io.lensmill.local.Ports;
import io.lensmill.local.TemporaryFolder;
import io.lensmill.local.Worker;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** Broker, store and a packaged worker in a process of its own, which tests may end as they like. */
final class WorkerUnderTest implements AutoCloseable {

    private final TemporaryFolder folder = TemporaryFolder.create("lensmill-crash");
    private final Worker worker;
    private final LocalStack stack;
    private final Broker broker;
    private final ObjectStore store;

    WorkerUnderTest(Worker worker) throws Exception {
        this(worker, store -> store);
    }

    /** @param front stands between the worker and its store; the test's own store is the one behind */
    WorkerUnderTest(Worker worker, LocalStack.StoreFront front) throws Exception {
        this.worker = worker;
        this.stack = new LocalStack(Home.path(), folder.path(), Ports.free(), EnumSet.of(worker));
        stack.putBeforeTheStore(front);
        stack.start(line -> {});
        broker = Broker.connect(KafkaServers.at(stack.bootstrapServers()), Topics.ALL);
        store = MinioObjectStore.connect(stack.store());
    }

    Broker broker() {
        return broker;
    }

    ObjectStore store() {
        return store;
    }

    /** Ends the worker at once, and starts it again. */
    void killAndStartAgain() throws InterruptedException {
        stack.worker(worker).kill();
        stack.startWorker(worker);
    }

    /** Asks the worker to end, and starts it again when it has. */
    void endAndStartAgain() {
        long begin = System.nanoTime();
        stack.worker(worker).askToStop();
        stack.worker(worker).awaitStop(Duration.ofSeconds(20));
        System.out.printf("The worker ended within %d ms%n", (System.nanoTime() - begin) / 1_000_000);
        stack.startWorker(worker);
    }

    /**
     * Sends a request and waits for the job's end.
     *
     * @param killWhen kills the worker once, when an event is like that; null: never
     */
    JobEvent work(Topic requests, String jobId, SpecificRecord request, Predicate<JobEvent> killWhen) throws Exception {
        AtomicBoolean due = new AtomicBoolean();
        AtomicBoolean toKill = new AtomicBoolean(killWhen != null);
        try (JobWatch watch = JobWatch.open(broker, jobId)) {
            broker.send(requests, jobId, request);
            JobEvent end =
                    watch.awaitEnd(event -> due.compareAndSet(false, toKill.get() && killWhen.test(event)), () -> {
                        requireAlive();
                        if (due.get() && toKill.getAndSet(false)) {
                            killUnchecked();
                        }
                    });
            assertThat(toKill).as("still to be killed after: %s", end).isFalse();
            assertThat(end.getState()).as(end.getMessage()).isEqualTo(JobState.SUCCEEDED);
            return end;
        }
    }

    private void killUnchecked() {
        try {
            killAndStartAgain();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Puts simulated lenses into the store as a dataset: of each class so many to train on, and so many to validate.
     */
    void putDataset(String name, int size, int train, int validation) throws IOException {
        LensSimulator simulator =
                new LensSimulator(SimulationModel.DEMO.settings().withSize(size));
        for (LensClass lensClass : LensClass.values()) {
            for (int i = 0; i < train + validation; i++) {
                String split = i < train ? "train" : "val";
                String key = "datasets/%s/%s/%s/%05d.npy".formatted(name, split, lensClass.label(), i);
                store.put(ObjectKey.of(key), NpyCodec.encode(simulator.simulate(lensClass, 7, i)));
            }
        }
    }

    void requireAlive() {
        stack.requireAlive();
    }

    /** What the worker says of its readiness, as JSON. */
    String readiness() throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + stack.port(worker) + "/q/health/ready");
        HttpRequest request = HttpRequest.newBuilder(address).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** Publishes a classifier with the initial weights of the seed. */
    void publishModel(String modelId, long seed) throws Exception {
        ModelPublished model = RandomClassifier.FAST_64.release(store, modelId, seed);
        broker.send(Topics.MODELS, modelId, model);
    }

    /** Hands a small image over for sending; its pixels follow from the number. */
    void publishImage(String imageId, int number, String modelId) {
        LensImage image = LensImage.newBuilder()
                .setImageId(imageId)
                .setCollection("crash")
                .setModelId(modelId)
                .setFormat(ImageFormat.NPY)
                .setPixels(ByteBuffer.wrap(SmallImages.file(number)))
                .build();
        broker.enqueue(Topics.IMAGES, imageId, Envelope.encode(image), Map.of());
    }

    /** Hands a message over for sending that names an object. */
    void publishStored(String imageId, String objectKey) {
        LensImage image = LensImage.newBuilder()
                .setImageId(imageId)
                .setCollection("crash")
                .setFormat(ImageFormat.NPY)
                .setObjectKey(objectKey)
                .build();
        broker.enqueue(Topics.IMAGES, imageId, Envelope.encode(image), Map.of());
    }

    void publishBroken(String imageId) {
        broker.enqueue(Topics.IMAGES, imageId, new byte[] {1, 2, 3}, Map.of());
    }

    @Override
    public void close() {
        broker.close();
        stack.close();
        folder.delete();
    }
}
