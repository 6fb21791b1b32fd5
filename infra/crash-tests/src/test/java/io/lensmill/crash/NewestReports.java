package io.lensmill.crash;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.TopicReader;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The newest report of every model and collection, over everything that arrived, and whether their numbers ever fell.
 */
final class NewestReports implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final String ALL = "all";

    private final TopicReader reader;
    private final Map<String, MetricReport> newest = new TreeMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<String> steps = new ArrayList<>();
    private int count;

    NewestReports(Broker broker) {
        reader = broker.readFromStart(Topics.REPORTS);
    }

    Map<String, MetricReport> look() throws RefusedException {
        for (ConsumerRecord<String, byte[]> record : reader.poll(GLANCE)) {
            MetricReport report = Envelope.decode(record.value(), MetricReport.class);
            count++;
            checkStep(record.key(), report);
            if (report.getWindow().equals(ALL)) {
                newest.put(record.key(), report);
            }
        }
        return newest;
    }

    /** A report that was sent holds, whatever happens to the worker: the next one is one further and counts no less. */
    private void checkStep(String key, MetricReport report) {
        long before = sequences.getOrDefault(key, 0L);
        sequences.put(key, report.getSequence());
        if (report.getSequence() != before + 1) {
            steps.add(key + ": report " + report.getSequence() + " follows " + before);
        }
        MetricReport last = newest.get(key);
        if (last != null && last.getReceived() > report.getReceived()) {
            steps.add(key + ": received " + report.getReceived() + " follows " + last.getReceived());
        }
    }

    /** Steps backwards, and gaps; empty when all is well. */
    List<String> wrongSteps() {
        return steps;
    }

    long received() {
        return newest.values().stream().mapToLong(MetricReport::getReceived).sum();
    }

    /** Reports read, windows too. */
    int count() {
        return count;
    }

    @Override
    public void close() {
        reader.close();
    }
}
