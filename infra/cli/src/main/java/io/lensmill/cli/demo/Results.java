package io.lensmill.cli.demo;

import io.lensmill.cli.messages.Broker;
import io.lensmill.contracts.MetricReport;
import io.lensmill.reports.RecordJson;
import io.lensmill.reports.chart.LossChart;
import io.lensmill.reports.chart.ReportPictures;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that a demo leaves: report.json, those of the reports' pictures, samples.png, loss.png. */
final class Results {

    private final Findings findings;
    private final Stages stages;
    private final DemoPreset preset;

    Results(Findings findings, Stages stages, DemoPreset preset) {
        this.findings = findings;
        this.stages = stages;
        this.preset = preset;
    }

    void write(Path out, Path realImages, ObjectStore store, Broker broker) throws Exception {
        Files.createDirectories(out);
        Files.writeString(out.resolve("report.json"), report() + "\n");
        writePictures(findings.heldOut(), out);
        writePictures(findings.made(), out);
        writeLosses(out.resolve("loss.png"));
        new SampleSheet(store, broker).write(realImages, "demo-generation", out.resolve("samples.png"));
    }

    private static void writePictures(MetricReport report, Path out) throws IOException {
        for (Map.Entry<String, byte[]> picture : ReportPictures.of(report).entrySet()) {
            Files.write(out.resolve(picture.getKey()), picture.getValue());
        }
    }

    /** The last report of each collection, the account of all images, and the time of each stage. */
    private String report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("preset", preset.name());
        report.put("accounting", accounting());
        Map<String, Object> reports = new LinkedHashMap<>();
        reports.put("heldOut", findings.heldOut());
        reports.put("generated", findings.made());
        report.put("reports", reports);
        Map<String, Object> seconds = new LinkedHashMap<>();
        stages.taken().forEach(stage -> seconds.put(stage.stage(), Math.round(stage.seconds() * 10) / 10.0));
        report.put("secondsPerStage", seconds);
        return RecordJson.text(report);
    }

    private Map<String, Object> accounting() {
        Map<String, Object> accounting = new LinkedHashMap<>();
        accounting.put("published", findings.published());
        accounting.put("classified", findings.classified());
        accounting.put("deadLettered", findings.refused().size());
        accounting.put("refusals", findings.refused());
        accounting.put("generated", findings.generated());
        accounting.put("generatedClassified", findings.generatedClassified());
        return accounting;
    }

    private void writeLosses(Path file) throws IOException {
        LossChart.write(
                List.of(
                        new LossChart.Panel(
                                "Classifier training", "Cross-entropy (nats)", false, findings.classifierTraining()),
                        new LossChart.Panel(
                                "Diffusion training",
                                "Mean squared error of the prediction",
                                true,
                                findings.diffusionTraining())),
                file);
    }
}
