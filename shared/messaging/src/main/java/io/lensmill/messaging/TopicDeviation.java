package io.lensmill.messaging;

/**
 * One thing about an existing topic that is not as Lensmill would have made it.
 *
 * @param topic its name
 * @param setting name of the topic's setting, as Kafka has it; {@code partitions} for their number
 * @param found what it is
 * @param wanted what it should be
 * @param consequence what happens as it is: a clause
 * @param command what mends it, as one types it beside the broker
 */
public record TopicDeviation(
        String topic, String setting, String found, String wanted, String consequence, String command) {

    /** All of it in one line. */
    @Override
    public String toString() {
        return "Topic " + topic + ": " + setting + " is " + found + ", wanted is " + wanted + ": " + consequence
                + ". It is left as it is; this mends it: " + command;
    }
}
