package io.lensmill.jobs;

import io.lensmill.contracts.ModelFile;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectRefusedException;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import java.io.IOException;

/** Reads the files of a published model, and believes nothing that its SHA-256 does not confirm. */
public final class ModelFiles {

    private static final long MAX_BYTES = 2L * 1024 * 1024 * 1024 - 16;

    private final ObjectStore store;

    public ModelFiles(ObjectStore store) {
        this.store = store;
    }

    /**
     * @param name a name among the model's files, for example {@link ModelRelease#WEIGHTS}
     * @throws ModelDamagedException when the model has no such file, or the stored bytes are not the published ones
     * @throws IOException when the store does not answer
     */
    public byte[] read(ModelPublished model, String name) throws IOException {
        ModelFile file = model.getFiles().stream()
                .filter(f -> f.getName().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new ModelDamagedException("Model " + model.getModelId() + " has no file '" + name + "'"));
        byte[] content = stored(model, file);
        String sha256 = Sha256.hex(content);
        if (!sha256.equals(file.getSha256())) {
            throw new ModelDamagedException("The file '" + name + "' of model " + model.getModelId() + " has SHA-256 "
                    + sha256 + " where " + file.getSha256() + " was published; it was changed or damaged");
        }
        return content;
    }

    private byte[] stored(ModelPublished model, ModelFile file) throws IOException {
        if (file.getSizeBytes() < 0 || file.getSizeBytes() > MAX_BYTES) {
            throw new ModelDamagedException("The file '" + file.getName() + "' is published with " + file.getSizeBytes()
                    + " bytes; 0 to " + MAX_BYTES + " can be read");
        }
        try {
            return store.get(ObjectKey.of(model.getObjectPrefix() + file.getName()), file.getSizeBytes());
        } catch (ObjectRefusedException | IllegalArgumentException e) {
            throw new ModelDamagedException(
                    "The file '" + file.getName() + "' of model " + model.getModelId() + " cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }
}
