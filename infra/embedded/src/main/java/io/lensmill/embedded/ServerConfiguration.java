package io.lensmill.embedded;

import io.lensmill.storage.StoreSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The configuration properties by which every worker finds its servers. */
public final class ServerConfiguration {

    static final String BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";
    static final String ENDPOINT = "lensmill.store.endpoint";
    static final String ACCESS_KEY = "lensmill.store.access-key";
    static final String SECRET_KEY = "lensmill.store.secret-key";
    static final String BUCKET = "lensmill.store.bucket";
    static final String REGION = "lensmill.store.region";

    private static final List<String> NAMES =
            List.of(BOOTSTRAP_SERVERS, ENDPOINT, ACCESS_KEY, SECRET_KEY, BUCKET, REGION);

    private ServerConfiguration() {}

    /** Property names and values, in a fixed order. The secret key is among them: do not print this map. */
    public static Map<String, String> of(String bootstrapServers, StoreSettings store) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(BOOTSTRAP_SERVERS, bootstrapServers);
        values.put(ENDPOINT, store.endpoint());
        values.put(ACCESS_KEY, store.accessKey());
        values.put(SECRET_KEY, store.secretKey());
        values.put(BUCKET, store.bucket());
        values.put(REGION, store.region());
        return values;
    }

    /** The same properties with the values that the source has for them. */
    static Map<String, String> read(UnaryOperator<String> source) {
        Map<String, String> values = new LinkedHashMap<>();
        NAMES.forEach(name -> values.put(name, source.apply(name)));
        return values;
    }
}
