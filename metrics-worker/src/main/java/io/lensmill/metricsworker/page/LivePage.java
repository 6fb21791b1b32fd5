package io.lensmill.metricsworker.page;

import io.lensmill.contracts.Topics;
import io.lensmill.metricsworker.MetricsConfig;
import io.lensmill.metricsworker.gauges.PrometheusBoard;
import io.lensmill.metricsworker.gauges.ReportGauges;
import io.lensmill.metricsworker.page.events.EventFeed;
import io.lensmill.metricsworker.page.state.PageState;
import io.lensmill.metricsworker.page.state.UnseenView;
import io.lensmill.metricsworker.page.store.PatientStore;
import io.lensmill.worker.BrokerTopics;
import io.lensmill.worker.StoreMeters;
import io.lensmill.worker.reading.UnseenLedger;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Puts the page together, and starts and stops it. Nothing of the streams waits for anything here. */
@Singleton
final class LivePage {

    private static final Logger LOG = Logger.getLogger(LivePage.class);

    /** Four changes a second look live, and no reader needs more. */
    private static final long TICK_MILLIS = 250;

    private static final int MOST_READERS = 32;

    private final Map<String, Object> broker;
    private final BrokerTopics brokerTopics;
    private final UnseenLedger unseen;
    private final PatientStore store;
    private final PageState state;
    private final EventFeed feed;
    private final ReportGauges gauges;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(LivePage::background);
    private PageTopics topics;

    LivePage(
            MetricsConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            BrokerTopics brokerTopics,
            UnseenLedger unseen,
            MeterRegistry registry) {
        this.broker = broker;
        this.brokerTopics = brokerTopics;
        this.unseen = unseen;
        this.store = new PatientStore(config.store().settings(), new StoreMeters(registry), System::nanoTime);
        this.state = new PageState(store.configured());
        this.gauges = new ReportGauges(new PrometheusBoard(registry));
        this.feed = new EventFeed(state, PageRoutes::json, MOST_READERS);
    }

    void serve(@Observes Router router) {
        new PageRoutes(state, feed, store).add(router);
    }

    void start(@Observes StartupEvent event) {
        // The streams' own topics are there by now.
        brokerTopics.createMissing(List.of(Topics.MODELS, Topics.SAMPLES));
        topics = new PageTopics(broker, state, gauges);
        unseen.onChange(total -> state.accept(
                UnseenView.of(total.group(), total.topic(), total.records(), total.upperBound(), total.foundAt())));
        // Nobody waits for the ticks: they end with the worker, and tick() lets no exception out.
        ScheduledFuture<?> unused =
                ticks.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) throws IOException {
        ticks.shutdownNow();
        if (topics != null) {
            topics.close();
        }
        store.close();
    }

    /** An exception would end the ticks for good. */
    private void tick() {
        try {
            feed.tick(System.currentTimeMillis());
        } catch (RuntimeException e) {
            LOG.warn("The page's readers were not told what changed; they are with the next change", e);
        }
    }

    private static Thread background(Runnable work) {
        Thread thread = new Thread(work, "page-events");
        thread.setDaemon(true);
        return thread;
    }
}
