package io.lensmill.metricsworker.page.state;

import io.lensmill.contracts.DeadLetterHeaders;
import java.util.Map;

/**
 * A refused message, without its bytes.
 *
 * @param id where the letter stands, so that a letter read twice is shown once
 * @param refusedAt when the letter was written, milliseconds since 1970 UTC
 */
public record DeadLetterView(
        String id,
        String key,
        String code,
        String detail,
        String topic,
        String partition,
        String offset,
        long sizeBytes,
        long refusedAt) {

    /** @param headers the letter's, as text; any of them may be missing, strangers can write to the topic too */
    public static DeadLetterView of(
            String id, String key, Map<String, String> headers, long sizeBytes, long refusedAt) {
        return new DeadLetterView(
                id,
                Bounds.text(key),
                Bounds.text(headers.getOrDefault(DeadLetterHeaders.REASON_CODE, "UNKNOWN")),
                Bounds.text(headers.getOrDefault(DeadLetterHeaders.REASON_DETAIL, "The letter gives no reason.")),
                Bounds.text(headers.get(DeadLetterHeaders.TOPIC)),
                Bounds.text(headers.get(DeadLetterHeaders.PARTITION)),
                Bounds.text(headers.get(DeadLetterHeaders.OFFSET)),
                sizeBytes,
                refusedAt);
    }
}
