package io.lensmill.cli.metrics;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.metrics.classification.CalibrationAccumulator;
import io.lensmill.metrics.classification.ConfusionMatrix;
import io.lensmill.metrics.classification.ExactRocAccumulator;
import io.lensmill.metrics.classification.ReliabilityBin;
import io.lensmill.metrics.classification.RocAccumulator;
import io.lensmill.reports.estimates.ClassArea;
import io.lensmill.reports.estimates.ClassificationFigures;
import io.lensmill.reports.estimates.ClassificationResults;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * How well probabilities tell classes apart, which are named by their column. Areas are exact: from all scores.
 *
 * @param images rows of the arrays
 * @param figures those of the metrics worker's reports
 * @param aucBounds one per class: what the metrics worker's bins make of the same scores
 * @param confusion [true][predicted], counts
 * @param reliability bins behind the calibration error
 */
public record FileClassification(
        long images,
        List<NamedEstimate> figures,
        List<Estimate> aucBounds,
        List<List<Long>> confusion,
        List<ReliabilityBin> reliability) {

    /**
     * @param probabilities [n, k] of [0, 1]
     * @param labels [n], 0 to k - 1
     */
    public static FileClassification of(DMatrixRMaj probabilities, int[] labels) {
        int classes = probabilities.numCols;
        List<ExactRocAccumulator> exact = new ArrayList<>();
        List<RocAccumulator> binned = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            exact.add(new ExactRocAccumulator());
            binned.add(new RocAccumulator());
        }
        ConfusionMatrix confusion = new ConfusionMatrix();
        CalibrationAccumulator calibration = new CalibrationAccumulator();
        for (int row = 0; row < labels.length; row++) {
            int predicted = 0;
            for (int k = 0; k < classes; k++) {
                double p = probabilities.get(row, k);
                exact.get(k).add(p, labels[row] == k);
                binned.get(k).add((float) p, labels[row] == k);
                predicted = p > probabilities.get(row, predicted) ? k : predicted;
            }
            confusion.add(String.valueOf(labels[row]), String.valueOf(predicted));
            calibration.add(probabilities.get(row, predicted), labels[row] == predicted);
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(String::valueOf).toList();
        List<ClassArea> areas = IntStream.range(0, classes)
                .mapToObj(k -> ClassArea.exact(names.get(k), exact.get(k)))
                .toList();
        return new FileClassification(
                labels.length,
                ClassificationFigures.of(new ClassificationResults(areas, confusion, calibration)),
                IntStream.range(0, classes)
                        .mapToObj(k ->
                                ClassArea.bounds(names.get(k), binned.get(k)).build())
                        .toList(),
                names.stream()
                        .map(t -> names.stream().map(p -> confusion.count(t, p)).toList())
                        .toList(),
                calibration.bins());
    }
}
