package io.lensmill.classifier.scoring;

import java.util.Map;

/**
 * A message as it came, before anybody has looked into it.
 *
 * @param key record key, may be null
 * @param value record value, may be null
 * @param headers record headers as text
 */
public record RawMessage(String key, byte[] value, Map<String, String> headers) {}
