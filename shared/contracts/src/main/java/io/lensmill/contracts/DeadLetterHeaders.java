package io.lensmill.contracts;

/** Names of the headers on {@link Topics#DEAD_LETTERS}; every value is UTF-8 text. */
public final class DeadLetterHeaders {

    /** A {@link RefusalCode} name. */
    public static final String REASON_CODE = "reason-code";
    /** A sentence for a person. */
    public static final String REASON_DETAIL = "reason-detail";
    /** Topic that the message stood on. */
    public static final String TOPIC = "source-topic";
    /** Partition that the message stood on. */
    public static final String PARTITION = "source-partition";
    /** Offset of the message. */
    public static final String OFFSET = "source-offset";
    /** The message's own timestamp, milliseconds since 1970 UTC. */
    public static final String TIMESTAMP = "source-timestamp";

    private DeadLetterHeaders() {}
}
