package io.lensmill.jobs;

import io.lensmill.contracts.ModelFile;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Puts a finished model into the object store and writes the message that announces it. */
public final class ModelRelease {

    /** The weights to use, as safetensors. */
    public static final String WEIGHTS = "model.safetensors";
    /** Network, preprocessing and settings, as JSON. */
    public static final String DESCRIPTION = "model.json";

    private static final String CODE_VERSION = readVersion();

    private final ObjectStore store;
    private final Clock clock;

    public ModelRelease(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Writes every file under {@code models/<modelId>/}, in place of what stood there.
     *
     * @param model the message with modelId and all that the files do not tell; objectPrefix, files, createdAt,
     *     codeVersion are set here
     * @param files content by name
     * @return the message to publish; nobody may use the model before
     */
    public ModelPublished write(ModelPublished.Builder model, Map<String, byte[]> files) throws IOException {
        String prefix = BucketLayout.modelPrefix(model.getModelId());
        List<ModelFile> written = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            store.put(ObjectKey.of(prefix + file.getKey()), file.getValue());
            written.add(new ModelFile(file.getKey(), (long) file.getValue().length, Sha256.hex(file.getValue())));
        }
        return model.setObjectPrefix(prefix)
                .setFiles(written)
                .setCreatedAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .setCodeVersion(CODE_VERSION)
                .build();
    }

    private static String readVersion() {
        try (InputStream file = ModelRelease.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("This jar's own version.properties cannot be read", e);
        }
    }
}
