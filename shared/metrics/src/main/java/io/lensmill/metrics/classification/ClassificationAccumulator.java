package io.lensmill.metrics.classification;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How well scores tell classes apart: per class an {@link RocAccumulator}, a {@link ConfusionMatrix}, and a
 * {@link CalibrationAccumulator}. Images without a label, or with one that is none of the classes, count as predicted
 * only.
 *
 * <p>Order-free and mergeable. Should two models of one name have different classes, the union is kept, by name.
 */
public final class ClassificationAccumulator {

    /** Below this many of a kind an area or a share says little, whatever its interval. */
    public static final int ENOUGH = 10;

    /** Since 2 with the calibration; that of an older state is empty, and speaks of later images only. */
    private static final int VERSION = 2;

    private static final int OLDEST = 1;

    private List<String> classes = List.of();
    private final Map<String, RocAccumulator> roc = new TreeMap<>();
    private final Map<String, Long> predicted = new TreeMap<>();
    private final ConfusionMatrix confusion = new ConfusionMatrix();
    private final CalibrationAccumulator calibration = new CalibrationAccumulator();

    /**
     * @param classNames the model's classes
     * @param probabilities one per class, in [0, 1]
     * @param predictedClass one of the classes
     * @param label the true class; null when it is not known
     */
    public void add(List<String> classNames, float[] probabilities, String predictedClass, String label) {
        unite(classNames);
        predicted.merge(predictedClass, 1L, Long::sum);
        if (label != null) {
            addLabel(classNames, probabilities, predictedClass, label);
        }
    }

    /**
     * The label of an image that was added without one, in whatever order; the other parameters are those of
     * {@link #add}. A label that is none of the classes changes nothing.
     */
    public void addLabel(List<String> classNames, float[] probabilities, String predictedClass, String label) {
        if (!classNames.contains(label)) {
            return;
        }
        unite(classNames);
        confusion.add(label, predictedClass);
        addConfidence(classNames, probabilities, predictedClass, label);
        for (int i = 0; i < probabilities.length; i++) {
            roc(classNames.get(i)).add(probabilities[i], label.equals(classNames.get(i)));
        }
    }

    /** A prediction of probability 0, which only a message from elsewhere can hold, has no confidence. */
    private void addConfidence(List<String> classNames, float[] probabilities, String predictedClass, String label) {
        float confidence = probabilities[classNames.indexOf(predictedClass)];
        if (confidence > 0) {
            calibration.add(confidence, predictedClass.equals(label));
        }
    }

    public void merge(ClassificationAccumulator other) {
        unite(other.classes);
        other.roc.forEach((name, curve) -> roc(name).merge(curve));
        other.predicted.forEach((name, count) -> predicted.merge(name, count, Long::sum));
        confusion.merge(other.confusion);
        calibration.merge(other.calibration);
    }

    private void unite(List<String> others) {
        if (classes.isEmpty()) {
            classes = List.copyOf(others);
        } else if (!others.isEmpty() && !classes.equals(others)) {
            TreeSet<String> union = new TreeSet<>(classes);
            union.addAll(others);
            classes = List.copyOf(union);
        }
    }

    /** In the model's order; sorted by name where several lists met. */
    public List<String> classes() {
        return classes;
    }

    /** The class against the rest, over labelled images. */
    public RocAccumulator roc(String className) {
        return roc.computeIfAbsent(className, name -> new RocAccumulator());
    }

    /** Images predicted as this class, labelled or not. */
    public long predicted(String className) {
        return predicted.getOrDefault(className, 0L);
    }

    public ConfusionMatrix confusion() {
        return confusion;
    }

    /** Whether the classifier is right as often as it says, over labelled images. */
    public CalibrationAccumulator calibration() {
        return calibration;
    }

    public byte[] toBytes() {
        StateWriter writer = new StateWriter(VERSION).texts(classes).bytes(confusion.toBytes());
        writer.count(roc.size());
        roc.forEach((name, curve) -> writer.text(name).bytes(curve.toBytes()));
        writer.count(predicted.size());
        predicted.forEach((name, count) -> writer.text(name).count(count));
        return writer.bytes(calibration.toBytes()).toBytes();
    }

    public static ClassificationAccumulator fromBytes(byte[] state) {
        StateReader reader = new StateReader("a classification accumulator", state, OLDEST, VERSION);
        ClassificationAccumulator accumulator = new ClassificationAccumulator();
        accumulator.classes = List.copyOf(reader.texts());
        accumulator.confusion.merge(ConfusionMatrix.fromBytes(reader.bytes()));
        for (int left = reader.size(2); left > 0; left--) {
            accumulator.roc(reader.text()).merge(RocAccumulator.fromBytes(reader.bytes()));
        }
        for (int left = reader.size(2); left > 0; left--) {
            accumulator.predicted.put(reader.text(), reader.count());
        }
        if (reader.version() > OLDEST) {
            accumulator.calibration.merge(CalibrationAccumulator.fromBytes(reader.bytes()));
        }
        reader.end();
        return accumulator;
    }
}
