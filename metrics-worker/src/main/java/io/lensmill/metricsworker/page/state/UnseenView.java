package io.lensmill.metricsworker.page.state;

/**
 * Records of a topic that were deleted before a consumer group had read them.
 *
 * @param key group and topic
 * @param records how many, of all time
 * @param upperBound whether some of them may have been read
 * @param foundAt when the group last noticed, milliseconds since 1970 UTC
 */
public record UnseenView(String key, String group, String topic, long records, boolean upperBound, long foundAt) {

    public static UnseenView of(String group, String topic, long records, boolean upperBound, long foundAt) {
        String shownGroup = Bounds.text(group);
        String shownTopic = Bounds.text(topic);
        return new UnseenView(shownGroup + "/" + shownTopic, shownGroup, shownTopic, records, upperBound, foundAt);
    }
}
