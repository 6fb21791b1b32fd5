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

    /** Only where the value was cut: bytes of the whole. */
    public static final String VALUE_BYTES = "source-value-bytes";
    /** Only where the value was cut: SHA-256 of the whole, 64 hexadecimal digits. */
    public static final String VALUE_SHA256 = "source-value-sha256";
    /** Only where the key was cut: bytes of the whole. */
    public static final String KEY_BYTES = "source-key-bytes";
    /** Only where the key was cut: SHA-256 of the whole, 64 hexadecimal digits. */
    public static final String KEY_SHA256 = "source-key-sha256";
    /** Only where headers of the message did not fit: how many, and of what size. */
    public static final String HEADERS_LEFT_OUT = "source-headers-left-out";

    private DeadLetterHeaders() {}
}
