package io.lensmill.classifier.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.lensmill.classifier.foreign.ForeignDetector;
import io.lensmill.classifier.scoring.ClassificationFactory;
import io.lensmill.classifier.scoring.ClassificationFactory.Subject;
import io.lensmill.classifier.scoring.ModelIdentity;
import io.lensmill.classifier.scoring.Score;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.TrainingRequest;
import io.lensmill.imaging.dataset.Dataset;
import io.lensmill.jobs.ModelRelease;
import io.lensmill.neural.Network;
import io.lensmill.neural.deeplearning4j.Deeplearning4jZip;
import io.lensmill.neural.networks.ResNetConfig;
import io.lensmill.reading.BoundedJson;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes a finished training known: files of the model, scores of the validation split, and the announcement. */
final class ModelPublication {

    /** Deeplearning4j's own format, for those who work with it. */
    static final String DEEPLEARNING4J = "deeplearning4j.zip";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int BATCH = 256;

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

    /**
     * @param figures of the weights that are published
     * @return the model's files by name; the same weights and curve give the same bytes, but for the zip's times
     */
    Map<String, byte[]> files(Network network, LearningCurve curve, EpochFigures figures, ForeignDetector foreign)
            throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(ModelRelease.WEIGHTS, network.parameters().toSafetensors(header(network)));
        files.put(ModelRelease.DESCRIPTION, JSON.writeValueAsBytes(description(network, curve, figures, foreign)));
        files.put(ForeignDetector.FILE, foreign.toBytes());
        files.put(DEEPLEARNING4J, zip(network));
        return files;
    }

    /** In an order of its own: that of Map.of is another in every Java process, and the file's hash with it. */
    private Map<String, String> header(Network network) {
        Map<String, String> header = new TreeMap<>();
        header.put("modelId", request.getJobId());
        header.put("network", config().toJson());
        header.put("precision", network.precision().shortName());
        return header;
    }

    private ResNetConfig config() {
        return settings.network(data.classes().size());
    }

    private Map<String, Object> description(
            Network network, LearningCurve curve, EpochFigures figures, ForeignDetector foreign) throws IOException {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("modelId", request.getJobId());
        card.put("task", ModelTask.CLASSIFIER.name());
        card.put("network", BoundedJson.tree("network", config().toJson()));
        card.put("precision", network.precision().shortName());
        card.put("inputSize", settings.imageSize());
        card.put("preprocessing", settings.preprocessing().id());
        card.put("classes", data.classes());
        card.put("preset", request.getPreset());
        card.put("settings", new TreeMap<>(settings.asText()));
        card.put("seed", request.getSeed());
        card.put("startFrom", request.getStartFrom());
        card.put("dataset", request.getDataset());
        card.put("datasetSha256", data.sha256());
        card.put("labelledDataset", request.getLabelledDataset());
        card.put("adaptTo", request.getAdaptTo());
        card.put("trainingImages", data.train().size());
        card.put("validationImages", data.validation().size());
        card.put("metrics", metrics(figures));
        card.put("foreign", described(foreign));
        card.put("learningCurve", curve.epochs());
        return card;
    }

    private static Map<String, Object> described(ForeignDetector foreign) {
        Map<String, Object> threshold = new LinkedHashMap<>();
        // JSON has no infinity: too few images were held out for a threshold.
        threshold.put("threshold", Double.isInfinite(foreign.threshold()) ? null : foreign.threshold());
        threshold.put("falseAlarmRate", foreign.falseAlarmRate());
        return threshold;
    }

    /** Figures of the weights that are published, by name. */
    Map<String, Double> metrics(EpochFigures figures) {
        Map<String, Double> metrics = new TreeMap<>(figures.validation().asMetrics(data.classes()));
        if (figures.epoch() > 0) {
            metrics.put("trainingLoss", figures.trainingLoss());
            metrics.put("epoch", (double) figures.epoch());
        }
        return metrics;
    }

    private static byte[] zip(Network network) throws IOException {
        Path file = Files.createTempFile("lensmill-classifier", ".zip");
        try {
            Deeplearning4jZip.write(network, file);
            return Files.readAllBytes(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Writes the files into the store. */
    ModelPublished release(Map<String, byte[]> files, EpochFigures figures) throws IOException {
        ModelPublished.Builder model = ModelPublished.newBuilder()
                .setModelId(request.getJobId())
                .setTask(ModelTask.CLASSIFIER)
                .setNetwork(config().toJson())
                .setInputSize(settings.imageSize())
                .setClasses(data.classes())
                .setEmbeddingSize(config().embeddingSize())
                .setPreprocessing(settings.preprocessing().id())
                .setTrained(true)
                .setDataset(request.getDataset())
                .setDatasetSha256(data.sha256())
                .setMetrics(metrics(figures))
                .setJobId(request.getJobId());
        return new ModelRelease(environment.store(), environment.clock()).write(model, files);
    }

    /**
     * Sends the validation split down the road of every image, so that its metrics appear by themselves.
     *
     * @param weights the published weights file
     */
    void publishValidation(byte[] weights, List<Score> scores, ForeignDetector foreign) {
        ModelIdentity identity = ModelIdentity.of(
                request.getJobId(),
                Sha256.hex(weights),
                settings.preprocessing().id(),
                settings.imageSize(),
                true,
                data.classes());
        ClassificationFactory factory = new ClassificationFactory(environment.clock());
        for (int first = 0; first < scores.size(); first += BATCH) {
            int end = Math.min(scores.size(), first + BATCH);
            List<Classification> batch = new ArrayList<>(end - first);
            for (int i = first; i < end; i++) {
                batch.add(factory.make(subject(i), scores.get(i), identity, Optional.of(foreign)));
            }
            environment.results().publish(batch);
        }
    }

    private Subject subject(int i) {
        Dataset.Split validation = data.validation();
        return new Subject(
                request.getDataset() + "/" + validation.paths().get(i),
                request.getDataset() + "/val",
                ImageRole.REAL,
                null,
                data.classes().get(validation.labels()[i]),
                Map.of());
    }
}
