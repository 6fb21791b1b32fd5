package io.lensmill.upgrade;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.contracts.Topics;
import io.lensmill.local.Home;
import io.lensmill.local.LocalStack;
import io.lensmill.local.Ports;
import io.lensmill.local.TemporaryFolder;
import io.lensmill.local.Worker;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.List;

/** Today's broker and object store on what the old version left, and today's workers when they are asked for. */
final class UpgradedStack implements AutoCloseable {

    /** As the old workers were started, see fixture/make-fixture: images must not be forgotten while a fixture ages. */
    private static final List<String> OPTIONS = List.of("-Dlensmill.metrics.seen-retention=P14600D");

    private final TemporaryFolder folder = TemporaryFolder.create("lensmill-upgrade");
    private final Inventory inventory;
    private final LocalStack stack;
    private final Broker broker;
    private final ObjectStore store;

    /** Unpacks the fixture and starts the servers on it, without any worker. */
    UpgradedStack() throws Exception {
        Fixture.unpack(folder.path());
        inventory = Inventory.read(folder.path().resolve("inventory.properties"));
        stack = new LocalStack(Home.path(), folder.path(), Ports.free(), EnumSet.noneOf(Worker.class), OPTIONS);
        stack.start(line -> {});
        broker = Broker.connect(KafkaServers.at(stack.bootstrapServers()), Topics.ALL);
        store = MinioObjectStore.connect(stack.store());
    }

    /** Returns when all three are ready. */
    void startWorkers() throws InterruptedException {
        for (Worker worker : Worker.values()) {
            stack.startWorker(worker);
        }
        for (Worker worker : Worker.values()) {
            stack.awaitReady(worker);
        }
    }

    /** @throws io.lensmill.local.StartFailure when a worker has ended; the message holds the tail of its log */
    void requireAlive() {
        stack.requireAlive();
    }

    Inventory inventory() {
        return inventory;
    }

    Broker broker() {
        return broker;
    }

    ObjectStore store() {
        return store;
    }

    Path folder() {
        return folder.path();
    }

    /** When the file behind an object was written. */
    FileTime written(String key) throws IOException {
        Path file =
                folder.path().resolve("objects").resolve(stack.store().bucket()).resolve(key);
        return Files.getLastModifiedTime(file);
    }

    byte[] read(String key) throws IOException {
        return store.get(ObjectKey.of(key), 64L * 1024 * 1024);
    }

    @Override
    public void close() {
        broker.close();
        stack.close();
        folder.delete();
    }
}
