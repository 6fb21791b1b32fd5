package io.lensmill.benchmark;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.cli.messages.TopicReader;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topics;
import io.lensmill.local.ChildProcess;
import io.lensmill.local.LocalStack;
import io.lensmill.local.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The metrics worker under a steady stream of classifications: of a real, labelled collection, one record in five, and
 * of generated ones that are compared with it. Follows the reports that come of it.
 */
public final class MetricsRoadBenchmark implements AutoCloseable {

    /**
     * What is sent.
     *
     * @param perMinute records per minute
     * @param length how long, after the warming up
     * @param dimensions size of the embeddings
     * @param collections generated ones
     */
    public record Load(int perMinute, Duration length, int dimensions, int collections) {}

    /** All that is compiled while running is compiled, and what is held as rows has become matrices. */
    public static final Duration WARM_UP = Duration.ofSeconds(20);

    private static final int REAL_EVERY = 5;
    /** Messages in stock per collection and dimension: covariances are far from singular. */
    private static final int STOCK_PER_DIMENSION = 3;

    private static final Duration TICK = Duration.ofMillis(5);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Duration STANDSTILL = Duration.ofMinutes(2);
    private static final String ALL = "all";

    /** Processor time until a moment. */
    private record Mark(Duration worker, Duration broker) {}

    private final LocalStack stack;
    private final Load load;
    private final Broker broker;
    private final TopicReader reports;
    private final List<ClassificationStock> stocks = new ArrayList<>();
    private final Map<String, MetricReport> newest = new HashMap<>();
    private final List<Long> spacings = new ArrayList<>();
    private volatile long sent;
    private volatile RuntimeException failure;
    private boolean timing;

    /** @param stack started, with the metrics worker in it */
    public MetricsRoadBenchmark(LocalStack stack, Load load) {
        this.stack = stack;
        this.load = load;
        this.broker = Broker.connect(KafkaServers.at(stack.bootstrapServers()), Topics.ALL);
        this.reports = broker.readFromNow(Topics.REPORTS);
        int different = Math.max(1000, STOCK_PER_DIMENSION * load.dimensions());
        stocks.add(new ClassificationStock(ClassificationStock.REAL, load.dimensions(), different));
        for (int i = 0; i < load.collections(); i++) {
            stocks.add(new ClassificationStock("benchmark/generated-" + i, load.dimensions(), different));
        }
    }

    /**
     * Sends all and waits for the report that counts the last record.
     *
     * @param counted gets the records counted so far, from time to time
     */
    public MetricsRoadFigure run(LongConsumer counted) throws Exception {
        Thread sender = new Thread(this::send, "sender");
        sender.setDaemon(true);
        sender.start();
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < WARM_UP.toNanos()) {
            look(counted);
        }
        timing = true;
        long countedBefore = counted();
        long reportedBefore = lastReported();
        Mark from = mark();
        while (sender.isAlive()) {
            look(counted);
        }
        if (failure != null) {
            throw failure;
        }
        long sentAt = System.currentTimeMillis();
        awaitAll(counted);
        Mark to = mark();
        long records = counted() - countedBefore;
        return new MetricsRoadFigure(
                sent,
                counted(),
                records * (double) TimeUnit.MINUTES.toMillis(1) / Math.max(1, lastReported() - reportedBefore),
                Math.max(0, lastReported() - sentAt) / 1000.0,
                spacings.stream().sorted().toList(),
                perThousand(to.worker().minus(from.worker()), records),
                perThousand(to.broker().minus(from.broker()), records),
                StateFolder.bytesPerStore(stack.folder(Worker.METRICS).resolve("state")),
                ResidentMemory.mebibytes(worker().pid()).orElse(0L));
    }

    private void send() {
        try {
            long total = load.perMinute() * WARM_UP.plus(load.length()).toMillis() / TimeUnit.MINUTES.toMillis(1);
            long begin = System.nanoTime();
            while (sent < total) {
                long due = (long) ((System.nanoTime() - begin) / 6e10 * load.perMinute());
                for (long number = sent; number < Math.min(due, total); number++) {
                    ClassificationStock.Message message = stock(number).take();
                    broker.enqueue(Topics.CLASSIFICATIONS, message.key(), message.value(), Map.of());
                    sent = number + 1;
                }
                LockSupport.parkNanos(TICK.toNanos());
            }
            broker.flush();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private ClassificationStock stock(long number) {
        if (number % REAL_EVERY == 0) {
            return stocks.get(0);
        }
        long generated = number - number / REAL_EVERY - 1;
        return stocks.get(1 + (int) (generated % load.collections()));
    }

    private void awaitAll(LongConsumer counted) throws RefusedException {
        long before = counted();
        long lastNews = System.nanoTime();
        while (counted() < sent) {
            look(counted);
            if (counted() != before) {
                before = counted();
                lastNews = System.nanoTime();
            } else if (System.nanoTime() - lastNews > STANDSTILL.toNanos()) {
                throw new IllegalStateException("After " + before + " of " + sent + " records none was counted for "
                        + STANDSTILL.toSeconds() + " s. " + worker().obituary());
            }
        }
    }

    private void look(LongConsumer counted) throws RefusedException {
        stack.requireAlive();
        for (ConsumerRecord<String, byte[]> record : reports.poll(GLANCE)) {
            MetricReport report = Envelope.decode(record.value(), MetricReport.class);
            if (!report.getWindow().equals(ALL)) {
                continue;
            }
            MetricReport before = newest.put(record.key(), report);
            if (timing && before != null) {
                spacings.add(Duration.between(before.getEmittedAt(), report.getEmittedAt())
                        .toMillis());
            }
        }
        counted.accept(counted());
    }

    private long counted() {
        return newest.values().stream().mapToLong(MetricReport::getCounted).sum();
    }

    /** When the newest report was sent, milliseconds since 1970. */
    private long lastReported() {
        LongStream times = newest.values().stream()
                .mapToLong(report -> report.getEmittedAt().toEpochMilli());
        return times.max().orElse(System.currentTimeMillis());
    }

    private Mark mark() {
        return new Mark(worker().processorTime(), NetworkSpeed.ownProcessorTime());
    }

    private ChildProcess worker() {
        return stack.worker(Worker.METRICS);
    }

    private static double perThousand(Duration time, long records) {
        return time.toNanos() / 1e9 / Math.max(1, records) * 1000;
    }

    @Override
    public void close() throws IOException {
        reports.close();
        broker.close();
    }
}
