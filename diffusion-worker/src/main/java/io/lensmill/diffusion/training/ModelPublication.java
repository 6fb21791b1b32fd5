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

/** Makes a finished training known: files of the model in the object store, and the message that announces them. */
final class ModelPublication {

    /** The weights as trained, without averaging. */
    static final String PLAIN_WEIGHTS = "model-plain.safetensors";
    /** Real images above, generated ones below. */
    static final String CONTACT_SHEET = "contact-sheet.png";

    private final TrainingRequest request;
    private final TrainingSettings settings;
    private final Dataset data;
    private final TrainingEnvironment environment;

    ModelPublication(
            TrainingRequest request, TrainingSettings settings, Dataset data, TrainingEnvironment environment) {
        this.request = request;
        this.settings = settings;
        this.data = data;
        this.environment = environment;
    }

    /** @return the model's files by name; the run has the averaged weights from now on, which sample better */
    Map<String, byte[]> files(TrainingRun run, TrainingSheets sheets) throws Exception {
        byte[] plain = run.weights();
        byte[] averaged = run.averagedWeights();
        run.loadWeights(averaged);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(ModelRelease.WEIGHTS, averaged);
        files.put(PLAIN_WEIGHTS, plain);
        files.put(CONTACT_SHEET, sheets.last(run));
        files.put(ModelRelease.DESCRIPTION, settings.model().toJson(notes()));
        return files;
    }

    /** Writes the files into the store. */
    ModelPublished release(Map<String, byte[]> files, Map<String, Double> metrics) throws IOException {
        DiffusionModel model = settings.model();
        ModelPublished.Builder message = ModelPublished.newBuilder()
                .setModelId(request.getJobId())
                .setJobId(request.getJobId())
                .setTask(ModelTask.DIFFUSION)
                .setNetwork(model.network().toJson())
                .setInputSize(model.imageSize())
                .setClasses(model.classes())
                .setPreprocessing(model.preprocessing().id())
                .setDataset(data.name())
                .setDatasetSha256(data.sha256())
                .setMetrics(metrics);
        return new ModelRelease(environment.store(), environment.clock()).write(message, files);
    }

    private Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("jobId", request.getJobId());
        notes.put("weights", "exponential moving average; " + PLAIN_WEIGHTS + " holds them without it");
        notes.put("dataset", data.name());
        notes.put("datasetSha256", data.sha256());
        notes.put("preset", request.getPreset());
        notes.put("settings", settings.toString());
        notes.put("seed", Long.toString(request.getSeed()));
        if (request.getStartFrom() != null) {
            notes.put("startFrom", request.getStartFrom());
        }
        return notes;
    }
}
