package io.lensmill.metrics.realism;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;

/**
 * What stays of rows that are not held any more: moments of the two halves, and one sketch per bandwidth. Rows wait in
 * a small buffer and are folded by the block, since one update of rank 1,024 costs far less than 1,024 of rank one.
 */
final class DenseMoments {

    private static final int VERSION = 1;
    private static final int BLOCK = 1024;

    private final List<MomentAccumulator> halves = new ArrayList<>();
    private final List<RandomFeatureAccumulator> sketches = new ArrayList<>();
    private final List<EmbeddingRow> waiting = new ArrayList<>();

    private DenseMoments() {}

    DenseMoments(EmbeddingSettings settings, int dimensions) {
        halves.add(new MomentAccumulator(dimensions));
        halves.add(new MomentAccumulator(dimensions));
        for (double bandwidth : settings.bandwidths()) {
            sketches.add(new RandomFeatureAccumulator(settings.features(bandwidth, dimensions)));
        }
    }

    void add(EmbeddingRow row) {
        waiting.add(row);
        if (waiting.size() == BLOCK) {
            fold();
        }
    }

    /** Sketches that the other lacks fall behind in their count, which shows that they are not whole. */
    void merge(DenseMoments other) {
        other.fold();
        fold();
        for (int half = 0; half < halves.size(); half++) {
            halves.get(half).merge(other.halves.get(half));
        }
        for (RandomFeatureAccumulator sketch : sketches) {
            other.sketches.stream()
                    .filter(s -> s.features().equals(sketch.features()))
                    .forEach(sketch::merge);
        }
    }

    private void fold() {
        if (waiting.isEmpty()) {
            return;
        }
        addToHalves(halves, waiting);
        DMatrixRMaj rows = EmbeddingRow.matrix(waiting);
        sketches.forEach(sketch -> sketch.add(rows));
        waiting.clear();
    }

    static List<MomentAccumulator> halvesOf(List<EmbeddingRow> rows, int dimensions) {
        List<MomentAccumulator> halves = List.of(new MomentAccumulator(dimensions), new MomentAccumulator(dimensions));
        addToHalves(halves, rows);
        return halves;
    }

    private static void addToHalves(List<MomentAccumulator> halves, List<EmbeddingRow> rows) {
        for (int half = 0; half < halves.size(); half++) {
            int wanted = half;
            halves.get(half)
                    .add(EmbeddingRow.matrix(
                            rows.stream().filter(row -> row.half() == wanted).toList()));
        }
    }

    List<MomentAccumulator> halves() {
        fold();
        return halves.stream().map(MomentAccumulator::copy).toList();
    }

    Optional<RandomFeatureAccumulator> sketch(double bandwidth) {
        fold();
        return sketches.stream()
                .filter(s -> s.features().bandwidth() == bandwidth)
                .findFirst();
    }

    DenseMoments copy() {
        fold();
        DenseMoments copy = new DenseMoments();
        copy.halves.addAll(halves());
        copy.sketches.addAll(
                sketches.stream().map(RandomFeatureAccumulator::copy).collect(Collectors.toList()));
        return copy;
    }

    byte[] toBytes() {
        fold();
        StateWriter writer = new StateWriter(VERSION);
        halves.forEach(half -> writer.bytes(half.toBytes()));
        writer.count(sketches.size());
        sketches.forEach(sketch -> writer.bytes(sketch.toBytes()));
        return writer.toBytes();
    }

    static DenseMoments fromBytes(byte[] state, EmbeddingSettings settings, int dimensions) {
        StateReader reader = new StateReader("dense moments", state, VERSION);
        DenseMoments moments = new DenseMoments(settings, dimensions);
        moments.halves.replaceAll(half -> MomentAccumulator.fromBytes(reader.bytes()));
        for (int left = reader.size(1); left > 0; left--) {
            RandomFeatureAccumulator stored = RandomFeatureAccumulator.fromBytes(reader.bytes());
            moments.sketches.replaceAll(s -> s.features().equals(stored.features()) ? stored : s);
        }
        reader.end();
        return moments;
    }
}
