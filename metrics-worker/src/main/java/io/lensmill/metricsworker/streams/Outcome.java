package io.lensmill.metricsworker.streams;

/** What becomes of an input record on the first level. */
sealed interface Outcome {

    byte[] bytes();

    /** Something checked, on its way to the next level. */
    record Passed(byte[] bytes) implements Outcome {}

    /** A refused record, its bytes as they came; key and headers are those of the dead letter. */
    record Refused(byte[] bytes) implements Outcome {}
}
