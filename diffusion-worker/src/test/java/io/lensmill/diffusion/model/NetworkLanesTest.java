package io.lensmill.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lensmill.diffusion.WatchedNetwork;
import io.lensmill.neural.CounterRandom;
import io.lensmill.neural.Network;
import io.lensmill.neural.Tensor;
import io.lensmill.neural.engine.Executors;
import io.lensmill.neural.networks.UNet;
import io.lensmill.neural.networks.UNetConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkLanesTest {

    private static final int SIZE = 8;
    private static final int PIXELS = SIZE * SIZE;
    private static final int MOST_IMAGES = 16;

    private final List<Integer> passes = new CopyOnWriteArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private NetworkLanes lanes;

    @AfterEach
    void close() {
        open.countDown();
        lanes.close();
    }

    @Test
    void whatWaitsGoesThroughTheNetworkTogetherAndEachGetsItsOwnAnswer() {
        // Given: a lane that is held up in its first pass, and requests of different times and classes behind it
        lanes = lanes(1, this::passOneByOne);
        List<InferenceRequest> requests =
                List.of(request(1, 4, 0), request(3, 10, 1), request(2, 900, 2), request(1, 500, 0));
        List<CompletableFuture<float[]>> answers = askInOrder(requests);

        // When
        open.countDown();

        // Then: the answers are those that each gets alone, to the last bit
        NetworkPass alone = new NetworkPass(network(), SIZE);
        for (int i = 0; i < requests.size(); i++) {
            assertThat(answers.get(i).join()).isEqualTo(alone.predict(requests.get(i)));
        }
        assertThat(passes).as("rows of each pass, filled up to a multiple of 8").containsExactly(1, 8);
        alone.network().close();
    }

    @Test
    void aPassTakesNoMoreThanItMayButAlwaysOneRequest() {
        // Given
        lanes = lanes(1, this::passOneByOne);
        List<CompletableFuture<float[]>> answers = askInOrder(
                List.of(request(1, 4, 0), request(10, 4, 0), request(7, 4, 0), request(20, 4, 0), request(2, 4, 0)));

        // When
        open.countDown();
        answers.forEach(CompletableFuture::join);

        // Then
        assertThat(passes).containsExactly(1, 10, 7, 20, 2);
    }

    @Test
    void fewImagesWaitForThoseOfAnotherJob() {
        // Given two jobs, one of which has not asked yet
        lanes = lanes(1, inputs -> passes.add(inputs.get(NetworkPass.TIME).shape()[0]));
        lanes.join();
        lanes.join();
        CompletableFuture<float[]> early = CompletableFuture.supplyAsync(() -> lanes.predict(request(2, 5, 0)));
        await().until(() -> lanes.waiting() == 1);

        // When
        lanes.predict(request(3, 6, 1));
        early.join();
        lanes.leave();
        lanes.predict(request(1, 7, 1));

        // Then: the last, left alone, has not waited
        assertThat(passes).containsExactly(8, 1);
    }

    @Test
    void lanesComputeAtTheSameTime() {
        // Given: networks that go on only when both have been asked
        CyclicBarrier both = new CyclicBarrier(2);
        lanes = lanes(2, inputs -> awaitQuietly(both));

        // When
        List<CompletableFuture<float[]>> answers = IntStream.range(0, 2)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> lanes.predict(request(4, i, i))))
                .toList();

        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(answer.get(20, TimeUnit.SECONDS))
                .hasSize(4 * PIXELS));
    }

    @Test
    void aLaneStaysWhenAnotherTookWhatItWaitedFor() {
        // Given: two lanes that both wait for company, and only one request at a time
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicBoolean together = new AtomicBoolean();
        lanes = lanes(2, Duration.ofMillis(1), inputs -> {
            if (together.get()) {
                awaitQuietly(both);
            }
        });
        lanes.join();
        lanes.join();
        for (int i = 0; i < 50; i++) {
            lanes.predict(request(1, i, 0));
        }

        // When
        together.set(true);
        List<CompletableFuture<float[]>> answers = IntStream.range(0, 2)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> lanes.predict(request(8, i, i))))
                .toList();

        // Then: both lanes are there
        assertThat(answers).allSatisfy(answer -> assertThat(answer.get(20, TimeUnit.SECONDS))
                .hasSize(8 * PIXELS));
    }

    @Test
    void aFailureReachesThoseWhoAskedAndNobodyElse() {
        // Given
        lanes = lanes(1, inputs -> {
            if (inputs.get(NetworkPass.TIME).values()[0] == 13) {
                throw new IllegalStateException("thirteen");
            }
        });

        // When / Then
        assertThatThrownBy(() -> lanes.predict(request(1, 13, 0))).hasMessageContaining("thirteen");
        assertThat(lanes.predict(request(1, 12, 0))).hasSize(PIXELS);
    }

    @Test
    void closedLanesAnswerNothing() {
        // Given
        lanes = lanes(2, inputs -> {});

        // When
        lanes.close();

        // Then
        assertThatThrownBy(() -> lanes.predict(request(1, 1, 0))).hasMessageContaining("closed");
    }

    private NetworkLanes lanes(int count, Consumer<Map<String, Tensor>> onUse) {
        return lanes(count, Duration.ofSeconds(20), onUse);
    }

    private NetworkLanes lanes(int count, Duration grace, Consumer<Map<String, Tensor>> onUse) {
        List<NetworkPass> networks = IntStream.range(0, count)
                .mapToObj(i -> new NetworkPass(new WatchedNetwork(network(), onUse), SIZE))
                .toList();
        return new NetworkLanes(networks, MOST_IMAGES, grace, Thread::new);
    }

    private static Network network() {
        Network network = Executors.best(UNet.define(new UNetConfig(4, List.of(1, 2), 1, 4, 3)));
        network.initialise(1);
        return network;
    }

    private static InferenceRequest request(int count, int time, int classIndex) {
        float[] images = new float[count * PIXELS];
        new CounterRandom(count, time).fillGaussian(images);
        return new Conditioning(3, classIndex, 0).request(0, images, count, time);
    }

    /** Asks one after the other, each when the one before stands in line or is at work. */
    private List<CompletableFuture<float[]>> askInOrder(List<InferenceRequest> requests) {
        List<CompletableFuture<float[]>> answers = new ArrayList<>();
        for (InferenceRequest request : requests) {
            int behind = answers.size();
            answers.add(CompletableFuture.supplyAsync(() -> lanes.predict(request)));
            if (behind == 0) {
                await().until(() -> passes.size() == 1);
            } else {
                await().until(() -> lanes.waiting() == behind);
            }
        }
        return answers;
    }

    private void passOneByOne(Map<String, Tensor> inputs) {
        passes.add(inputs.get(NetworkPass.TIME).shape()[0]);
        awaitQuietly(open);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitQuietly(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
