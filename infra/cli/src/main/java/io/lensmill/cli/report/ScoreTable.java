package io.lensmill.cli.report;

import io.lensmill.contracts.ClassScore;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Foreignness;
import io.lensmill.contracts.Printable;
import io.lensmill.reports.RecordJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What a model says of images, as a table of 80 columns or as JSON. */
public final class ScoreTable {

    private static final int COLUMNS = 80;
    private static final int LEAST_NAME = 16;
    private static final int FOREIGN_COLUMNS = 9;

    private ScoreTable() {}

    /**
     * A table for each model, the refused images with their reason below.
     *
     * @param results one per image
     * @param refused id to reason
     */
    public static String of(Collection<Classification> results, Map<String, String> refused) {
        Map<String, List<Classification>> byModel = new LinkedHashMap<>();
        results.forEach(result -> byModel.computeIfAbsent(result.getModelId(), unused -> new ArrayList<>())
                .add(result));
        List<String> lines = new ArrayList<>();
        byModel.forEach((model, images) -> addModel(model, images, lines));
        if (!refused.isEmpty()) {
            lines.add("refused");
            refused.forEach((id, reason) -> lines.add(Paragraph.indented(id + ": " + reason, 2)));
        }
        return String.join("\n", lines);
    }

    private static void addModel(String model, List<Classification> images, List<String> lines) {
        List<ClassScore> classes = images.get(0).getScores();
        int scoreWidth = Math.max(
                6,
                classes.stream().mapToInt(c -> c.getClassName().length()).max().orElse(0));
        boolean judged = images.stream().anyMatch(image -> image.getForeignness() != null);
        int taken = (classes.size() + 1) * (scoreWidth + 2) + (judged ? FOREIGN_COLUMNS : 0);
        int nameWidth = Math.max(LEAST_NAME, COLUMNS - taken);
        lines.add("model " + Printable.line(model));
        StringBuilder head = new StringBuilder(padded("IMAGE", nameWidth));
        head.append(("  %-" + scoreWidth + "s").formatted("CLASS"));
        classes.forEach(c -> head.append(("  %" + scoreWidth + "s").formatted(c.getClassName())));
        if (judged) {
            head.append("  FOREIGN");
        }
        lines.add(Printable.line(head.toString()));
        for (Classification image : images) {
            StringBuilder line = new StringBuilder(padded(shortened(image.getImageId(), nameWidth), nameWidth));
            line.append(("  %-" + scoreWidth + "s").formatted(image.getPredictedClass()));
            String figure = "  %" + scoreWidth + ".4f";
            image.getScores().forEach(score -> line.append(figure.formatted(score.getProbability())));
            if (judged) {
                line.append("  ").append(foreign(image));
            }
            lines.add(Printable.line(line.toString().stripTrailing()));
        }
        addWarning(images, lines);
    }

    /** For example "0.420  ", and "0.998 !" beyond the model's threshold. */
    private static String foreign(Classification image) {
        Foreignness foreignness = image.getForeignness();
        return foreignness == null
                ? ""
                : String.format(
                        Locale.ROOT, "%.3f %s", foreignness.getPercentile(), foreignness.getForeign() ? "!" : " ");
    }

    private static void addWarning(List<Classification> images, List<String> lines) {
        List<Foreignness> judged = images.stream()
                .map(Classification::getForeignness)
                .filter(Objects::nonNull)
                .toList();
        long foreign = judged.stream().filter(Foreignness::getForeign).count();
        if (foreign > 0) {
            double rate = judged.get(0).getFalseAlarmRate();
            lines.add(Paragraph.indented(
                    String.format(
                            Locale.ROOT,
                            "! %d of %d images %s not like those that the model was trained on; of images like them"
                                    + " %.0f %% would be marked by chance. What it says of marked ones may be wrong,"
                                    + " however sure it sounds.",
                            foreign,
                            judged.size(),
                            foreign == 1 ? "is" : "are",
                            100 * rate),
                    2));
        }
    }

    private static String padded(String text, int width) {
        return ("%-" + width + "s").formatted(text);
    }

    /** The end of a path tells more than its beginning. */
    private static String shortened(String name, int width) {
        return name.length() <= width ? name : "…" + name.substring(name.length() - width + 1);
    }

    private static Map<String, Object> foreignness(Foreignness from) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("distance", from.getDistance());
        object.put("percentile", from.getPercentile());
        object.put("foreign", from.getForeign());
        object.put("falseAlarmRate", from.getFalseAlarmRate());
        return object;
    }

    /** One object a line: classified images first, then the refused ones. */
    public static String jsonLines(Collection<Classification> results, Map<String, String> refused) {
        List<String> lines = new ArrayList<>();
        for (Classification result : results) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("imageId", result.getImageId());
            object.put("predictedClass", result.getPredictedClass());
            Map<String, Object> scores = new LinkedHashMap<>();
            result.getScores().forEach(score -> scores.put(score.getClassName(), score.getProbability()));
            object.put("scores", scores);
            if (result.getForeignness() != null) {
                object.put("foreignness", foreignness(result.getForeignness()));
            }
            object.put("modelId", result.getModelId());
            object.put("extractorId", result.getExtractorId());
            object.put("attributes", result.getAttributes());
            lines.add(RecordJson.line(object));
        }
        refused.forEach((id, reason) -> {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("imageId", id);
            object.put("refused", reason);
            lines.add(RecordJson.line(object));
        });
        return String.join("\n", lines);
    }
}
