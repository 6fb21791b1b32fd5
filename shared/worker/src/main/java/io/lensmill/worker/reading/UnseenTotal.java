package io.lensmill.worker.reading;

/**
 * What a group never saw of a topic, over all of its partitions and of all time.
 *
 * @param group consumer group
 * @param topic topic that the records stood on
 * @param records how many; the markers of transactions and what was rolled back count too
 * @param upperBound some of them may have been read: for a time the broker did not know how far the group was
 * @param foundAt when the group last noticed some, milliseconds since 1970 UTC
 */
public record UnseenTotal(String group, String topic, long records, boolean upperBound, long foundAt) {}
