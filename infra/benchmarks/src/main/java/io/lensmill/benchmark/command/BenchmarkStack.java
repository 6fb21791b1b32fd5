package io.lensmill.benchmark.command;

import io.lensmill.cli.terminal.ConsoleLogging;
import io.lensmill.local.Home;
import io.lensmill.local.LocalStack;
import io.lensmill.local.Ports;
import io.lensmill.local.StopOnExit;
import io.lensmill.local.TemporaryFolder;
import io.lensmill.local.Worker;
import java.util.EnumSet;
import java.util.List;

/** Servers and one worker in a temporary folder, gone when the benchmark ends, however it ends. */
final class BenchmarkStack implements AutoCloseable {

    private final LocalStack servers;
    private final StopOnExit stop;

    private BenchmarkStack(LocalStack servers, StopOnExit stop) {
        this.servers = servers;
        this.stop = stop;
    }

    /** @throws io.lensmill.local.StartFailure when something does not start */
    static BenchmarkStack start(Worker worker) throws Exception {
        return start(worker, List.of());
    }

    /**
     * @param options further JVM options of the worker
     * @throws io.lensmill.local.StartFailure when something does not start
     */
    static BenchmarkStack start(Worker worker, List<String> options) throws Exception {
        TemporaryFolder folder = TemporaryFolder.create("lensmill-benchmark");
        ConsoleLogging.toFile(folder.path().resolve("servers.log"));
        LocalStack servers = new LocalStack(Home.path(), folder.path(), Ports.free(), EnumSet.of(worker), options);
        BenchmarkStack stack = new BenchmarkStack(servers, new StopOnExit(() -> {
            servers.close();
            folder.delete();
        }));
        try {
            servers.start(line -> {});
            return stack;
        } catch (Exception e) {
            stack.close();
            throw e;
        }
    }

    LocalStack servers() {
        return servers;
    }

    @Override
    public void close() {
        stop.close();
    }
}
