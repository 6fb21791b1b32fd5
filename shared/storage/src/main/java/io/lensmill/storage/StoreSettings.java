package io.lensmill.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Where an object store stands and who we are to it. The text form leaves the secret key out.
 *
 * @param endpoint {@code http://host:port} or {@code https://host[:port]}, without a path
 * @param accessKey name of the account
 * @param secretKey its secret
 * @param bucket bucket that holds everything: 3 to 63 of a-z, 0-9, '.' and '-', with a letter or digit at both ends
 * @param region region that requests are signed for, "us-east-1" where the store has none of its own
 */
public record StoreSettings(String endpoint, String accessKey, String secretKey, String bucket, String region) {

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** @throws IllegalArgumentException when a field is missing or malformed; the message names it, never the secret */
    public StoreSettings {
        requireEndpoint(endpoint);
        requireText("accessKey", accessKey);
        requireText("secretKey", secretKey);
        requireText("region", region);
        if (bucket == null || !BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("bucket must be 3 to 63 of a-z, 0-9, '.' and '-' with a letter or digit"
                    + " at both ends, got '" + bucket + "'");
        }
    }

    @Override
    public String toString() {
        return "StoreSettings[endpoint=%s, accessKey=%s, secretKey=(hidden), bucket=%s, region=%s]"
                .formatted(endpoint, accessKey, bucket, region);
    }

    private static void requireText(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be empty");
        }
    }

    private static void requireEndpoint(String endpoint) {
        if (!isEndpoint(endpoint)) {
            throw new IllegalArgumentException(
                    "endpoint must be http://host:port or https://host[:port] without a path, user or query, got '"
                            + endpoint + "'");
        }
    }

    private static boolean isEndpoint(String endpoint) {
        try {
            URI uri = new URI(endpoint == null ? "" : endpoint);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean bare = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            return web && bare && uri.getHost() != null && uri.getPath().isEmpty();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
