package io.lensmill.diffusion.training;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.diffusion.model.DiffusionModel;
import io.lensmill.imaging.dataset.Dataset;
import io.lensmill.jobs.ModelRelease;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes a model of what a training has learnt: files in the object store, and the message that announces them. */
final class ModelPublication {

    /** The weights as trained, without averaging. */
    static final String PLAIN_WEIGHTS = "model-plain.safetensors";
    /** Real images above, generated ones below. */
    static final String CONTACT_SHEET = "contact-sheet.png";

    private final ModelRelease release;

    ModelPublication(ModelRelease release) {
        this.release = release;
    }

    /**
     * Everything that is in a model.
     *
     * @param averaged weights to sample with, safetensors
     * @param plain weights without averaging, safetensors
     * @param contactSheet PNG
     * @param metrics figures at the end of the training
     */
    record Parts(byte[] averaged, byte[] plain, byte[] contactSheet, Map<String, Double> metrics) {}

    ModelPublished write(TrainingRequest request, TrainingSettings settings, Dataset dataset, Parts parts)
            throws IOException {
        DiffusionModel model = DiffusionTraining.model(settings);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(ModelRelease.WEIGHTS, parts.averaged());
        files.put(PLAIN_WEIGHTS, parts.plain());
        files.put(CONTACT_SHEET, parts.contactSheet());
        files.put(ModelRelease.DESCRIPTION, model.toJson(notes(request, settings, dataset)));
        ModelPublished.Builder message = ModelPublished.newBuilder()
                .setModelId(request.getJobId())
                .setJobId(request.getJobId())
                .setTask(ModelTask.DIFFUSION)
                .setNetwork(model.network().toJson())
                .setInputSize(model.imageSize())
                .setClasses(model.classes())
                .setPreprocessing(model.preprocessing().id())
                .setDataset(dataset.name())
                .setDatasetSha256(dataset.sha256())
                .setMetrics(parts.metrics());
        return release.write(message, files);
    }

    private static Map<String, String> notes(TrainingRequest request, TrainingSettings settings, Dataset dataset) {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("jobId", request.getJobId());
        notes.put("weights", "exponential moving average; " + PLAIN_WEIGHTS + " holds them without it");
        notes.put("dataset", dataset.name());
        notes.put("datasetSha256", dataset.sha256());
        notes.put("preset", request.getPreset());
        notes.put("settings", settings.toString());
        notes.put("seed", Long.toString(request.getSeed()));
        if (request.getStartFrom() != null) {
            notes.put("startFrom", request.getStartFrom());
        }
        return notes;
    }
}
