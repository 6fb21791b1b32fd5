package io.lensmill.worker.reading;

import io.lensmill.contracts.UnseenRecords;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Follows how far one consumer of a group has read, and finds the records that were deleted before it came to them.
 * Kafka itself is silent about them: a consumer whose next record is gone goes on with the oldest that there is.
 *
 * <p>Records are missing where the next offset jumps, and they were deleted where the log begins behind them; where it
 * does not, the jump is the marker of a transaction, what was rolled back, or compaction. All methods but the
 * constructor belong to the consumer's polling thread.
 */
public final class ReadingWatch {

    private static final Logger LOG = Logger.getLogger(ReadingWatch.class);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final String group;
    private final UnseenLedger ledger;
    private final Clock clock;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private Consumer<?, ?> consumer;

    /** @param group of the consumer */
    public ReadingWatch(String group, UnseenLedger ledger, Clock clock) {
        this.group = group;
        this.ledger = ledger;
        this.clock = clock;
        ledger.reads(group);
    }

    /** The consumer is to read these partitions from now on, from where its group has got to. */
    public void assigned(Consumer<?, ?> reading, Collection<TopicPartition> partitions) {
        consumer = reading;
        Set<TopicPartition> ours = partitions.stream().filter(this::isOurs).collect(Collectors.toSet());
        if (ours.isEmpty()) {
            return;
        }
        next.keySet().removeAll(ours);
        try {
            Map<TopicPartition, OffsetAndMetadata> places = consumer.committed(ours, ANSWER);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(ours, ANSWER);
            for (TopicPartition partition : ours) {
                OffsetAndMetadata place = places.get(partition);
                long from = place == null ? 0 : place.offset();
                long begin = begins.get(partition);
                found(partition, from, begin, place != null);
                next.put(partition, Math.max(from, begin));
            }
        } catch (KafkaException e) {
            // The partitions stay unknown, and are asked for again with their first record or at the next glance.
            LOG.debugf(e, "How far %s has read is not known yet", group);
        }
    }

    /** Another consumer of the group reads these from now on. */
    public void revoked(Collection<TopicPartition> partitions) {
        next.keySet().removeAll(new HashSet<>(partitions));
    }

    /** The consumer has these, and nobody has worked on them yet. */
    public void read(ConsumerRecords<?, ?> records) {
        Map<TopicPartition, Long> jumps = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            if (!isKnown(partition)) {
                continue;
            }
            List<? extends ConsumerRecord<?, ?>> ofPartition = records.records(partition);
            long first = ofPartition.get(0).offset();
            if (first > next.get(partition)) {
                jumps.put(partition, first);
            }
            ends.put(partition, ofPartition.get(ofPartition.size() - 1).offset() + 1);
        }
        judge(jumps);
        next.putAll(ends);
    }

    /** Looks for jumps that no record has shown: when nothing is left, nothing comes. */
    public void glance(Consumer<?, ?> reading) {
        consumer = reading;
        Map<TopicPartition, Long> jumps = new HashMap<>();
        for (TopicPartition partition : reading.assignment()) {
            if (!isKnown(partition)) {
                continue;
            }
            try {
                long position = reading.position(partition, GLANCE);
                if (position > next.get(partition)) {
                    jumps.put(partition, position);
                }
            } catch (KafkaException e) {
                LOG.debugf(e, "The position in %s is not known now", partition);
            }
        }
        judge(jumps);
        next.putAll(jumps);
    }

    /** Internal topics of Kafka Streams, which bear the group's name, delete what was read. */
    private boolean isOurs(TopicPartition partition) {
        return !partition.topic().startsWith(group + "-");
    }

    private boolean isKnown(TopicPartition partition) {
        if (isOurs(partition) && !next.containsKey(partition) && consumer != null) {
            assigned(consumer, Set.of(partition));
        }
        return next.containsKey(partition);
    }

    /** @param jumps where the consumer goes on, behind the next offset of its partition */
    private void judge(Map<TopicPartition, Long> jumps) {
        if (jumps.isEmpty()) {
            return;
        }
        try {
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(jumps.keySet(), ANSWER);
            jumps.forEach((partition, to) ->
                    found(partition, next.get(partition), Math.min(to, begins.get(partition)), true));
        } catch (KafkaException e) {
            LOG.warnf(e, "%s passed over offsets in %s; whether records were deleted there is not known", group, jumps);
        }
    }

    private void found(TopicPartition partition, long from, long to, boolean placeKnown) {
        if (to > from) {
            ledger.found(UnseenRecords.newBuilder()
                    .setGroup(group)
                    .setTopic(partition.topic())
                    .setPartition(partition.partition())
                    .setFromOffset(from)
                    .setToOffset(to)
                    .setPlaceKnown(placeKnown)
                    .setFoundAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                    .build());
        }
    }
}
