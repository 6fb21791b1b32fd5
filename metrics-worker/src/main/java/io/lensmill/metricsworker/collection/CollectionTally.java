package io.lensmill.metricsworker.collection;

import io.lensmill.contracts.ClassNames;
import io.lensmill.metrics.classification.ClassificationAccumulator;
import io.lensmill.metrics.classification.ForeignAccumulator;
import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All of a collection but its embeddings: counts, what it says of itself, the classification. Order-free and mergeable;
 * some tens of kilobytes. Always received = counted + duplicates.
 */
public final class CollectionTally {

    /** Since 3 with the foreign images; that of an older state is empty, and speaks of later images only. */
    private static final int VERSION = 3;

    private static final int OLDEST = 2;
    /** Enough to show that a collection contradicts itself; more are not worth their space. */
    private static final int MAX_NAMED = 8;

    private long counted;
    private long duplicates;
    private long lateLabels;
    private boolean generated;
    private boolean trained = true;
    private final TreeSet<String> references = new TreeSet<>();
    private final TreeSet<Extractor> extractors = new TreeSet<>();
    private final TreeMap<String, Long> offsets = new TreeMap<>();
    private final ClassificationAccumulator classification;
    private final ForeignAccumulator foreign = new ForeignAccumulator();

    /** Empty. */
    public CollectionTally() {
        this(new ClassificationAccumulator());
    }

    private CollectionTally(ClassificationAccumulator classification) {
        this.classification = classification;
    }

    public void add(Observation observation) {
        counted++;
        generated |= observation.generated();
        trained &= observation.extractorTrained();
        if (!observation.reference().isEmpty()) {
            references.add(observation.reference());
        }
        extractors.add(observation.extractor());
        forgetSurplus();
        observation.foreignness().ifPresent(judged -> foreign.add(judged.foreign(), judged.falseAlarmRate()));
        String label = observation.label().isEmpty() ? null : observation.label();
        classification.add(observation.classes(), observation.probabilities(), observation.predictedClass(), label);
    }

    /** The label of an image that was added, or will be, without one; in any spelling of the class. */
    public void addLabel(Unlabelled image, String label) {
        ClassNames.among(label, image.classes()).ifPresent(meant -> {
            lateLabels++;
            classification.addLabel(image.classes(), image.probabilities(), image.predictedClass(), meant);
        });
    }

    /** Counts repeats of images that were counted before. */
    public void addDuplicates(long count) {
        duplicates += count;
    }

    /** @param partition for example classifications-3 */
    public void addOffset(String partition, long offset) {
        offsets.merge(partition, offset, Math::max);
    }

    public void merge(CollectionTally other) {
        counted += other.counted;
        duplicates += other.duplicates;
        lateLabels += other.lateLabels;
        generated |= other.generated;
        trained &= other.trained;
        references.addAll(other.references);
        extractors.addAll(other.extractors);
        forgetSurplus();
        other.offsets.forEach(this::addOffset);
        classification.merge(other.classification);
        foreign.merge(other.foreign);
    }

    private void forgetSurplus() {
        while (references.size() > MAX_NAMED) {
            references.pollLast();
        }
        while (extractors.size() > MAX_NAMED) {
            extractors.pollLast();
        }
    }

    public long received() {
        return counted + duplicates;
    }

    public long counted() {
        return counted;
    }

    public long duplicates() {
        return duplicates;
    }

    /** Labels that came as messages of their own. */
    public long lateLabels() {
        return lateLabels;
    }

    /** Whether any image was generated. */
    public boolean isGenerated() {
        return generated;
    }

    /** Whether every embedding came from a trained network. */
    public boolean isTrained() {
        return trained;
    }

    /** Collections that its images name as what to compare with. More than one: there is no comparing. */
    public SortedSet<String> references() {
        return references;
    }

    /** What made its embeddings. More than one: they cannot be put together. */
    public SortedSet<Extractor> extractors() {
        return extractors;
    }

    public SortedMap<String, Long> offsets() {
        return offsets;
    }

    public ClassificationAccumulator classification() {
        return classification;
    }

    /** How many of the images are not like those of their model's training. */
    public ForeignAccumulator foreign() {
        return foreign;
    }

    public byte[] toBytes() {
        StateWriter writer =
                new StateWriter(VERSION).count(counted).count(duplicates).count(lateLabels);
        writer.flag(generated).flag(trained).texts(references);
        writer.count(extractors.size());
        extractors.forEach(extractor -> writer.text(extractor.id()).count(extractor.dimensions()));
        writer.count(offsets.size());
        offsets.forEach((partition, offset) -> writer.text(partition).count(offset));
        return writer.bytes(classification.toBytes()).bytes(foreign.toBytes()).toBytes();
    }

    public static CollectionTally fromBytes(byte[] state) {
        StateReader reader = new StateReader("a collection's tally", state, OLDEST, VERSION);
        long counted = reader.count();
        long duplicates = reader.count();
        long lateLabels = reader.count();
        boolean generated = reader.flag();
        boolean trained = reader.flag();
        TreeSet<String> references = new TreeSet<>(reader.texts());
        TreeSet<Extractor> extractors = new TreeSet<>();
        for (int left = reader.size(2); left > 0; left--) {
            extractors.add(new Extractor(reader.text(), Math.toIntExact(reader.count())));
        }
        TreeMap<String, Long> offsets = new TreeMap<>();
        for (int left = reader.size(2); left > 0; left--) {
            offsets.put(reader.text(), reader.count());
        }
        CollectionTally tally = new CollectionTally(ClassificationAccumulator.fromBytes(reader.bytes()));
        if (reader.version() > OLDEST) {
            tally.foreign.merge(ForeignAccumulator.fromBytes(reader.bytes()));
        }
        reader.end();
        tally.counted = counted;
        tally.duplicates = duplicates;
        tally.lateLabels = lateLabels;
        tally.generated = generated;
        tally.trained = trained;
        tally.references.addAll(references);
        tally.extractors.addAll(extractors);
        tally.offsets.putAll(offsets);
        return tally;
    }
}
