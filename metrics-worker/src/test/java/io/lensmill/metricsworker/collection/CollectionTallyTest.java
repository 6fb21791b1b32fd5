package io.lensmill.metricsworker.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.Foreignness;
import io.lensmill.contracts.RefusedException;
import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metricsworker.Classifications;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CollectionTallyTest {

    @Test
    void isTheSameForEveryOrderAndPartition() throws RefusedException {
        // Given
        ObservationReader reader = new ObservationReader(64);
        CollectionTally whole = new CollectionTally();
        CollectionTally[] parts = {new CollectionTally(), new CollectionTally()};
        Random random = new Random(5);
        // When
        for (var message : Classifications.generated("m", "c", "r", 100)) {
            Observation observation = reader.read(Envelope.encode(message));
            CollectionTally part = parts[random.nextInt(2)];
            for (CollectionTally tally : List.of(whole, part)) {
                tally.add(observation);
                tally.addDuplicates(2);
                tally.addLabel(Unlabelled.of(observation, 0), "sphere");
                tally.addOffset("classifications-1", random.nextInt(3));
            }
        }
        whole.addOffset("classifications-1", 5);
        parts[1].addOffset("classifications-1", 5);
        parts[0].merge(CollectionTally.fromBytes(parts[1].toBytes()));
        // Then
        assertThat(parts[0].toBytes()).isEqualTo(whole.toBytes());
        assertThat(whole.received()).isEqualTo(300);
        assertThat(whole.counted()).isEqualTo(100);
        assertThat(whole.lateLabels()).isEqualTo(100);
        assertThat(whole.references()).containsExactly("r");
        assertThat(whole.isGenerated()).isTrue();
    }

    @Test
    void readsTheStateOfBeforeForeignImagesWereCountedAndCountsThemFromThenOn() throws RefusedException {
        // Given: of version 2, as it was written before
        byte[] state = Base64.getDecoder()
                .decode("AgEDAAABAQZyZWFsL2IBFW0tMTp3ZWlnaHRzOm1pbm1heC12MQIBEWNsYXNzaWZpY2F0aW9ucy0xB4kB"
                        + "AgMCbm8Gc3BoZXJlBHZvcnQSAQEGc3BoZXJlAQZzcGhlcmUBAwJubwcBAfOAAQABBnNwaGVyZQcBAYCA"
                        + "AgEABHZvcnQHAQHzgAEAAQEGc3BoZXJlATMBDwAAAAAAAAAAAAAAAAAAAAAAAAAAAAEBgICAgAgAAAAA"
                        + "AAAAAAAAAAAAAAAAAAAAAAA=");
        var message = Classifications.real("m", "c", 1).get(0);
        message.setForeignness(new Foreignness(12.0, 0.99, true, 0.05));

        // When
        CollectionTally tally = CollectionTally.fromBytes(state);
        long before = tally.foreign().judged();
        tally.add(new ObservationReader(64).read(Envelope.encode(message)));

        // Then
        assertThat(before).isZero();
        assertThat(tally.received()).isEqualTo(5);
        assertThat(CollectionTally.fromBytes(tally.toBytes()).foreign().foreign())
                .isEqualTo(1);
    }

    @Test
    void partialsSurviveTheirJourney() {
        // Given
        CollectionTally tally = new CollectionTally();
        tally.addDuplicates(3);
        CollectionPartial partial = new CollectionPartial(
                new CollectionKey("m", "c/d"), 3, 2_900_000, tally, List.of(EmbeddingRow.of("a", new float[] {1, 2})));
        // When
        CollectionPartial read = CollectionPartial.fromBytes(partial.toBytes());
        // Then
        assertThat(read.key()).isEqualTo(partial.key());
        assertThat(read.generation()).isEqualTo(3);
        assertThat(read.slice()).isEqualTo(2_900_000);
        assertThat(read.toBytes()).isEqualTo(partial.toBytes());
    }
}
