package io.lensmill.benchmark;

import io.lensmill.neural.Network;
import io.lensmill.neural.OpenMp;
import io.lensmill.neural.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** A network alone in this process: what nothing around it can surpass. */
final class NetworkSpeed {

    private static final double SECONDS = 3;

    private final Supplier<Network> opening;
    private final Map<String, Tensor> inputs;
    private final int batch;
    private final int threads = OpenMp.defaultThreads();

    /**
     * @param opening makes the network
     * @param inputs of one call
     * @param batch images in them
     */
    NetworkSpeed(Supplier<Network> opening, Map<String, Tensor> inputs, int batch) {
        this.opening = opening;
        this.inputs = inputs;
        this.batch = batch;
    }

    /**
     * Speed by the median of the calls.
     *
     * @param imagesPerSecond of all networks together
     * @param processorMillis processor time per image
     */
    record Speed(double imagesPerSecond, double processorMillis) {}

    /** One network on all threads. */
    Speed onAllThreads() throws Exception {
        return measure(1);
    }

    /** Networks side by side that share the threads, each with its own batch. */
    Speed inLanes(int lanes) throws Exception {
        return measure(lanes);
    }

    private Speed measure(int networks) throws Exception {
        CyclicBarrier together = new CyclicBarrier(networks);
        ExecutorService lanes = Executors.newFixedThreadPool(networks);
        try {
            List<Future<Speed>> ends = lanes.invokeAll(
                    Collections.nCopies(networks, () -> measureOne(Math.max(1, threads / networks), together)));
            double imagesPerSecond = 0;
            double processorMillis = 0;
            for (Future<Speed> end : ends) {
                imagesPerSecond += end.get().imagesPerSecond();
                // Each has counted the time of all for its own images.
                processorMillis += end.get().processorMillis() / networks / networks;
            }
            return new Speed(imagesPerSecond, processorMillis);
        } finally {
            lanes.shutdown();
        }
    }

    private Speed measureOne(int laneThreads, CyclicBarrier together) throws Exception {
        OpenMp.useThreads(laneThreads);
        try (Network network = opening.get()) {
            network.infer(inputs);
            network.infer(inputs);
            together.await();
            Duration before = ownProcessorTime();
            List<Double> seconds = new ArrayList<>();
            for (double total = 0; total < SECONDS; total += seconds.get(seconds.size() - 1)) {
                long start = System.nanoTime();
                network.infer(inputs);
                seconds.add((System.nanoTime() - start) / 1e9);
            }
            double processorMillis = ownProcessorTime().minus(before).toNanos() / 1e6 / seconds.size() / batch;
            seconds.sort(Double::compare);
            return new Speed(batch / seconds.get(seconds.size() / 2), processorMillis);
        }
    }

    static Duration ownProcessorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
