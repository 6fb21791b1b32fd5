package io.lensmill.worker.channels;

import io.lensmill.worker.reading.UnseenLedger;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts together what the channels need. A worker without channels has no SmallRye, and must not load this. */
@Singleton
public class ChannelWiring {

    /** For every channel; their settings name it. */
    @Produces
    @Singleton
    @Identifier(ChannelWatch.NAME)
    public KafkaConsumerRebalanceListener channelWatch(UnseenLedger unseen, KafkaClientService channels) {
        return new ChannelWatch(unseen, channels);
    }

    public void close(@Disposes @Identifier(ChannelWatch.NAME) KafkaConsumerRebalanceListener watch) {
        ((ChannelWatch) watch).close();
    }
}
