package io.lensmill.worker.channels;

import io.lensmill.worker.reading.ReadingInterceptor;
import io.lensmill.worker.reading.ReadingWatch;
import io.lensmill.worker.reading.UnseenLedger;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Has the consumer of each channel watched for what it never saw. The channels name it in their settings, as {@value
 * #NAME}, and {@link ReadingInterceptor} beside it.
 */
public final class ChannelWatch implements KafkaConsumerRebalanceListener, AutoCloseable {

    /** Its name in the settings {@code consumer-rebalance-listener.name} of the channels. */
    public static final String NAME = "unseen-records";

    private static final Logger LOG = Logger.getLogger(ChannelWatch.class);
    private static final long GLANCE_MILLIS = 2_000;

    private final UnseenLedger ledger;
    private final KafkaClientService channels;
    private final Map<String, ReadingWatch> watches = new ConcurrentHashMap<>();
    private final Function<Consumer<Object, Object>, Boolean> look = this::glance;
    private final ScheduledExecutorService glances =
            Executors.newSingleThreadScheduledExecutor(ChannelWatch::background);

    /** Begins to look at the channels, as soon as there are any. */
    public ChannelWatch(UnseenLedger ledger, KafkaClientService channels) {
        this.ledger = ledger;
        this.channels = channels;
        // Nobody waits for a glance, and it lets no exception out.
        ScheduledFuture<?> unused =
                glances.scheduleWithFixedDelay(this::glance, GLANCE_MILLIS, GLANCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        try {
            watch(consumer).assigned(consumer, partitions);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s were not looked at for gaps", partitions);
        }
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        watch(consumer).revoked(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        watch(consumer).revoked(partitions);
    }

    @Override
    public void close() {
        glances.shutdownNow();
    }

    private ReadingWatch watch(Consumer<?, ?> consumer) {
        return watches.computeIfAbsent(consumer.groupMetadata().groupId(), group -> {
            ReadingWatch watch = new ReadingWatch(group, ledger, Clock.systemUTC());
            ReadingInterceptor.show(group, watch);
            return watch;
        });
    }

    private void glance() {
        try {
            for (String channel : channels.getConsumerChannels()) {
                List<KafkaConsumer<Object, Object>> consumers = channels.getConsumers(channel);
                consumers.forEach(consumer -> consumer.runOnPollingThread(look)
                        .subscribe()
                        .with(done -> {}, failure -> LOG.debug("A channel was not looked at for gaps", failure)));
            }
        } catch (RuntimeException e) {
            LOG.debug("The channels were not looked at for gaps", e);
        }
    }

    private boolean glance(Consumer<Object, Object> consumer) {
        boolean reading = !consumer.assignment().isEmpty();
        if (reading) {
            watch(consumer).glance(consumer);
        }
        return reading;
    }

    private static Thread background(Runnable work) {
        Thread thread = new Thread(work, "unseen-glances");
        thread.setDaemon(true);
        return thread;
    }
}
