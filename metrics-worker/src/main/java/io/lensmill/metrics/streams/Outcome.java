package io.lensmill.metrics.streams;

/** What becomes of an input record on the first level. */
sealed interface Outcome {

    byte[] bytes();

    /** A partial on its way to the second level; the record key is the model id. */
    record Partial(byte[] bytes) implements Outcome {}

    /** A refused record, its bytes as they came; key and headers are those of the dead letter. */
    record Refused(byte[] bytes) implements Outcome {}
}
