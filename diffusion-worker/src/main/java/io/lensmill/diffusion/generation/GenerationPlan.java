package io.lensmill.diffusion.generation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.GenerationRequest;
import io.lensmill.reading.BoundedJson;
import io.lensmill.reading.UnreadableJsonException;
import io.lensmill.storage.ObjectDamagedException;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.ObjectTooLargeException;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.util.Optional;

/**
 * What a job decides at its start and must keep after a crash: "latest" may mean another model by then, and the
 * configuration another batch size.
 *
 * @param requestSha256 of the request; a plan of another request under the same id is not used
 * @param modelId the model that makes all images
 * @param batchSize images per batch
 */
record GenerationPlan(String requestSha256, String modelId, int batchSize) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_BYTES = 64 * 1024;

    static String hashOf(GenerationRequest request) {
        return Sha256.hex(Envelope.encode(request));
    }

    /** The plan of an earlier attempt at this request. */
    static Optional<GenerationPlan> find(ObjectStore store, GenerationRequest request) throws IOException {
        try {
            ObjectKey key = new SampleKeys(request.getJobId()).plan();
            JsonNode json = BoundedJson.tree(key.toString(), store.get(key, MAX_BYTES));
            GenerationPlan plan = new GenerationPlan(
                    json.path("requestSha256").asText(),
                    json.path("modelId").asText(),
                    json.path("batchSize").asInt());
            boolean usable = plan.requestSha256.equals(hashOf(request)) && plan.batchSize > 0;
            return Optional.of(plan).filter(p -> usable);
        } catch (ObjectNotFoundException
                | ObjectTooLargeException
                | ObjectDamagedException
                | UnreadableJsonException e) {
            // None, or none of ours: it cannot be kept to, and is written anew.
            return Optional.empty();
        }
    }

    void write(ObjectStore store, String jobId) throws IOException {
        store.put(new SampleKeys(jobId).plan(), MAPPER.writeValueAsBytes(this));
    }
}
