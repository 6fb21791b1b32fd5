package io.lensmill.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lensmill.embedded.misbehaving.Fault;
import io.lensmill.embedded.misbehaving.MisbehavingStore;
import io.lensmill.local.Worker;
import io.lensmill.storage.ObjectKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker whose store turns requests away, goes away, and hands some objects out to nobody. */
@Tag("worker-process")
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoreOutageCrashTest {

    private static final int IMAGES = 1_500;
    /** Shortest outage; it lasts until the worker says that something is away. */
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("lensmill.outage.seconds", 1));

    private static final Map<String, Fault> BAD = Map.of(
            "inbox/missing.npy", Fault.MISSING,
            "inbox/denied.npy", Fault.DENIED,
            "inbox/archived.npy", Fault.ARCHIVED,
            "inbox/cut.npy", new Fault.CutShort(100),
            "inbox/damaged.npy", Fault.DAMAGED,
            "inbox/long.npy", Fault.KEY_TOO_LONG);

    @Test
    void anOutageLosesNothingAndRefusesNothingThatIsFine() throws Exception {
        // Given
        AtomicReference<MisbehavingStore> front = new AtomicReference<>();
        try (WorkerUnderTest worker = new WorkerUnderTest(Worker.CLASSIFIER, store -> {
                    front.set(MisbehavingStore.before(store));
                    return front.get().settings();
                });
                MisbehavingStore misbehaving = front.get();
                Outcomes outcomes = new Outcomes(worker)) {
            worker.publishModel("model-0", 1);
            for (int i = 0; i < IMAGES; i++) {
                worker.store().put(ObjectKey.of("inbox/" + i + ".npy"), SmallImages.file(i));
            }
            for (String bad : BAD.keySet()) {
                worker.store().put(ObjectKey.of(bad), SmallImages.file(0));
                misbehaving.misbehave(bad, BAD.get(bad));
            }
            misbehaving.misbehave(".*", 3, Fault.BUSY);

            // When
            for (int i = 0; i < IMAGES; i++) {
                worker.publishStored("image-" + i, "inbox/" + i + ".npy");
            }
            BAD.keySet().forEach(bad -> worker.publishStored(bad, bad));
            worker.broker().flush();
            outcomes.await(ended -> ended > 100);
            misbehaving.goAway();
            await().pollDelay(AWAY)
                    .pollInterval(Duration.ofSeconds(1))
                    .atMost(AWAY.plusMinutes(2))
                    .until(() -> worker.readiness().contains("trouble"));
            misbehaving.comeBack();
            outcomes.await(ended -> ended == IMAGES + BAD.size());

            // Then
            assertThat(outcomes.results().keySet())
                    .isEqualTo(IntStream.range(0, IMAGES)
                            .mapToObj(i -> "image-" + i)
                            .collect(Collectors.toSet()));
            assertThat(outcomes.refused()).containsExactlyInAnyOrderElementsOf(BAD.keySet());
        }
    }
}
