package io.lensmill.cli.crash;

import io.lensmill.cli.benchmark.RandomClassifier;
import io.lensmill.cli.local.Home;
import io.lensmill.cli.local.LocalStack;
import io.lensmill.cli.local.Ports;
import io.lensmill.cli.local.TemporaryFolder;
import io.lensmill.cli.local.Worker;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.ImageFormat;
import io.lensmill.contracts.LensImage;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.Topics;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.NpyCodec;
import io.lensmill.neural.CounterRandom;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;

/** Broker, store and a packaged classifier worker in a process of its own, which tests may end as they like. */
final class WorkerUnderTest implements AutoCloseable {

    private static final int SIZE = 24;

    private final TemporaryFolder folder = TemporaryFolder.create("lensmill-crash");
    private final LocalStack stack =
            new LocalStack(Home.path(), folder.path(), Ports.free(), EnumSet.of(Worker.CLASSIFIER));
    private final Broker broker;
    private final ObjectStore store;

    WorkerUnderTest() throws Exception {
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
        stack.worker(Worker.CLASSIFIER).kill();
        stack.startWorker(Worker.CLASSIFIER);
    }

    /** Asks the worker to end, and starts it again when it has. */
    void endAndStartAgain() {
        long begin = System.nanoTime();
        stack.worker(Worker.CLASSIFIER).askToStop();
        stack.worker(Worker.CLASSIFIER).awaitStop(Duration.ofSeconds(20));
        System.out.printf("The worker ended within %d ms%n", (System.nanoTime() - begin) / 1_000_000);
        stack.startWorker(Worker.CLASSIFIER);
    }

    void requireAlive() {
        stack.requireAlive();
    }

    /** Publishes a classifier with the initial weights of the seed. */
    void publishModel(String modelId, long seed) throws Exception {
        ModelPublished model = RandomClassifier.FAST_64.release(store, modelId, seed);
        broker.send(Topics.MODELS, modelId, model);
    }

    /** Hands a small image over for sending; its pixels follow from the number. */
    void publishImage(String imageId, int number, String modelId) {
        float[] pixels = new float[SIZE * SIZE];
        new CounterRandom(number).fillGaussian(pixels);
        LensImage image = LensImage.newBuilder()
                .setImageId(imageId)
                .setCollection("crash")
                .setModelId(modelId)
                .setFormat(ImageFormat.NPY)
                .setPixels(ByteBuffer.wrap(NpyCodec.encode(new FloatImage(SIZE, SIZE, pixels))))
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
