package io.lensmill.diffusion.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.ModelFile;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.SampleBatch;
import java.util.List;

/**
 * The content of manifest.json: what was made, of which model, with which hashes. It holds no date, so that equal jobs
 * have equal manifests.
 */
final class Manifest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Manifest() {}

    static byte[] of(GenerationOrder order, List<SampleBatch> batches) {
        GenerationRequest request = order.request();
        ModelPublished model = order.model();
        ObjectNode json = MAPPER.createObjectNode();
        json.put("jobId", request.getJobId())
                .put("count", request.getCount())
                .put("sampler", request.getSampler().name())
                .put("steps", request.getSteps())
                .put("spacing", request.getSpacing().name())
                .put("eta", request.getEta())
                .put("seed", request.getSeed())
                .put("collection", request.getCollection())
                .put("reference", request.getReference())
                .put("className", request.getClassName())
                .put("guidance", request.getGuidance());
        // In turn where the request names no class: image k is of class k mod their number.
        model.getClasses().forEach(json.putArray("classes")::add);
        ObjectNode made = json.putObject("model").put("modelId", model.getModelId());
        for (ModelFile file : model.getFiles()) {
            made.put(file.getName(), file.getSha256());
        }
        json.put("contactSheet", order.keys().contactSheet().value());
        ArrayNode list = json.putArray("batches");
        for (SampleBatch batch : batches) {
            list.addObject()
                    .put("array", batch.getArrayKey())
                    .put("firstIndex", batch.getFirstIndex())
                    .put("count", batch.getCount())
                    .put("height", batch.getHeight())
                    .put("width", batch.getWidth())
                    .put("sha256", batch.getSha256());
        }
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON of our own cannot be written", e);
        }
    }
}
