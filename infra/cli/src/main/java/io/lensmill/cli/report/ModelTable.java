package io.lensmill.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.Printable;
import io.lensmill.reading.BoundedJson;
import io.lensmill.reading.UnreadableJsonException;
import io.lensmill.reports.Figures;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Published models for people: all of them as a table of 80 columns, or one with all that is known of it. */
public final class ModelTable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    private ModelTable() {}

    /** Two lines a model; times are UTC. */
    public static String of(List<ModelPublished> models) {
        if (models.isEmpty()) {
            return "No model yet. Train one with 'lensmill train', or bring one with 'lensmill model import'.";
        }
        return models.stream().map(ModelTable::row).collect(Collectors.joining("\n"));
    }

    private static String row(ModelPublished model) {
        return "%s\n    %s, %s%s"
                .formatted(
                        Printable.line(model.getModelId()),
                        network(model),
                        TIME.format(model.getCreatedAt()),
                        figures(model));
    }

    /** For example "resnet 2-2-2-2 x16, 64 px". */
    private static String network(ModelPublished model) {
        String size = model.getInputSize() + " px";
        try {
            JsonNode network = BoundedJson.tree("network", model.getNetwork());
            String blocks = StreamSupport.stream(network.path("blocks").spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining("-"));
            String name = network.path("architecture").asText("network");
            return blocks.isEmpty()
                    ? name + ", " + size
                    : name + " " + blocks + " x" + network.path("width").asText("?") + ", " + size;
        } catch (UnreadableJsonException e) {
            return "network of another version, " + size;
        }
    }

    private static String figures(ModelPublished model) {
        Double auc = model.getMetrics().get("validationAucMacro");
        Double accuracy = model.getMetrics().get("validationAccuracy");
        return model.getTask() != ModelTask.CLASSIFIER || auc == null || accuracy == null
                ? ""
                : ", AUC %s, accuracy %s".formatted(shortFigure(auc), shortFigure(accuracy));
    }

    private static String shortFigure(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** Everything of one model. */
    public static String details(ModelPublished model) {
        StringBuilder text = new StringBuilder(Printable.line(model.getModelId()));
        line(text, "task", model.getTask().name().toLowerCase(Locale.ROOT));
        line(text, "network", network(model));
        line(text, "trained", model.getTrained() ? "yes" : "no: initial weights");
        line(text, "preprocessing", model.getPreprocessing());
        if (!model.getClasses().isEmpty()) {
            line(text, "classes", String.join(", ", model.getClasses()));
            line(text, "embedding", model.getEmbeddingSize() + " values");
        }
        line(text, "dataset", model.getDataset());
        line(text, "dataset SHA-256", model.getDatasetSha256().isEmpty() ? "not known" : model.getDatasetSha256());
        line(text, "published", TIME.format(model.getCreatedAt()) + " UTC");
        line(text, "job", model.getJobId());
        line(text, "Lensmill", model.getCodeVersion());
        model.getMetrics().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(figure -> line(text, figure.getKey(), Figures.number(figure.getValue())));
        text.append("\n  files below ").append(Printable.line(model.getObjectPrefix()));
        model.getFiles()
                .forEach(file -> text.append("\n    %-24s %,13d bytes\n      %s"
                        .formatted(Printable.line(file.getName()), file.getSizeBytes(), file.getSha256())));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("\n  %-28s %s".formatted(Printable.line(name), Printable.line(value)));
    }
}
