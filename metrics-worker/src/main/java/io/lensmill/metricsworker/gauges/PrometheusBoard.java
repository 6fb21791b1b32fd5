package io.lensmill.metricsworker.gauges;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gauges at /q/metrics. Its owner guards it. */
public final class PrometheusBoard implements ReportGauges.Board {

    /** A gauge, and the number that it shows. */
    private static final class Shown {

        private volatile double value;
        private Gauge gauge;
    }

    private final MeterRegistry registry;
    private final Map<ReportGauges.Name, Shown> gauges = new HashMap<>();

    public PrometheusBoard(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void set(ReportGauges.Name name, double value) {
        Shown shown = gauges.computeIfAbsent(name, absent -> new Shown());
        shown.value = value;
        if (shown.gauge == null) {
            shown.gauge = Gauge.builder(name.metric(), () -> shown.value)
                    .description("Of the newest report, see MetricReport.avsc")
                    .tags(tags(name))
                    .register(registry);
        }
    }

    @Override
    public void remove(ReportGauges.Name name) {
        Shown shown = gauges.remove(name);
        if (shown != null) {
            registry.remove(shown.gauge);
        }
    }

    private static List<Tag> tags(ReportGauges.Name name) {
        return name.labels().entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList();
    }
}
