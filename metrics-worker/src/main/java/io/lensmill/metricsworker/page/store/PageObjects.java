package io.lensmill.metricsworker.page.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.reading.BoundedJson;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.util.Arrays;

/** What the page takes from the object store: contact sheets, and the learning curves of published models. */
public final class PageObjects {

    /** A sheet of 8 x 8 images of 128 pixels has half a megabyte. */
    static final long MOST_SHEET_BYTES = 16L * 1024 * 1024;

    private static final long MOST_DESCRIPTION_BYTES = 4L * 1024 * 1024;
    private static final String DESCRIPTION = "model.json";
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectStore store;

    public PageObjects(ObjectStore store) {
        this.store = store;
    }

    /**
     * @throws ObjectNotFoundException when there is none, or something that is no PNG
     * @throws IOException when the sheet is too large or the store does not answer
     */
    public byte[] sheet(ObjectKey key) throws IOException {
        byte[] content = store.get(key, MOST_SHEET_BYTES);
        if (content.length < PNG.length || !Arrays.equals(content, 0, PNG.length, PNG, 0, PNG.length)) {
            throw new ObjectNotFoundException("No PNG image under " + key);
        }
        return content;
    }

    /**
     * The learning curve in a classifier's description, as JSON: one object per epoch. A model without one has an empty
     * curve.
     *
     * @param modelId a checked id
     */
    public String learningCurve(String modelId) throws IOException {
        ObjectKey key = ObjectKey.of(BucketLayout.modelPrefix(modelId) + DESCRIPTION);
        JsonNode curve = BoundedJson.tree(key.toString(), store.get(key, MOST_DESCRIPTION_BYTES))
                .path("learningCurve");
        return curve.isArray() ? JSON.writeValueAsString(curve) : "[]";
    }
}
