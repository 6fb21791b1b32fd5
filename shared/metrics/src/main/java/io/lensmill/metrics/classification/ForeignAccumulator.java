package io.lensmill.metrics.classification;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;

/**
 * How many images of a collection lie farther from what their model was trained on than its threshold. Order-free and
 * mergeable.
 */
public final class ForeignAccumulator {

    private static final int VERSION = 1;

    private long judged;
    private long foreign;
    private double falseAlarmRate;

    /**
     * @param isForeign whether the image lies beyond its model's threshold
     * @param rate share of the model's own held-out images beyond the threshold, in (0, 1); the largest is kept, should
     *     models of one name differ
     */
    public void add(boolean isForeign, double rate) {
        judged++;
        foreign += isForeign ? 1 : 0;
        falseAlarmRate = Math.max(falseAlarmRate, rate);
    }

    public void merge(ForeignAccumulator other) {
        judged += other.judged;
        foreign += other.foreign;
        falseAlarmRate = Math.max(falseAlarmRate, other.falseAlarmRate);
    }

    /** Images whose model has a threshold. */
    public long judged() {
        return judged;
    }

    /** Those of them beyond it. */
    public long foreign() {
        return foreign;
    }

    /** Share of a model's own held-out images beyond its threshold, in (0, 1); 0 before the first image. */
    public double falseAlarmRate() {
        return falseAlarmRate;
    }

    public byte[] toBytes() {
        return new StateWriter(VERSION)
                .count(judged)
                .count(foreign)
                .real(falseAlarmRate)
                .toBytes();
    }

    public static ForeignAccumulator fromBytes(byte[] state) {
        StateReader reader = new StateReader("a count of foreign images", state, VERSION);
        ForeignAccumulator accumulator = new ForeignAccumulator();
        accumulator.judged = reader.count();
        accumulator.foreign = reader.count();
        accumulator.falseAlarmRate = reader.real();
        reader.end();
        return accumulator;
    }
}
