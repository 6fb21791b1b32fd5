package io.lensmill.storage;

/** Where things stand in the bucket. The only place that knows these prefixes. */
public final class BucketLayout {

    private BucketLayout() {}

    /** Prefix of a dataset: {@code datasets/<dataset>/}; below it {@code train|val/<class>/<file>.npy}. */
    public static String datasetPrefix(String dataset) {
        return "datasets/" + dataset + "/";
    }

    /** Prefix of a model's files: {@code models/<modelId>/}. */
    public static String modelPrefix(String modelId) {
        return "models/" + modelId + "/";
    }

    /** Weights that were brought from elsewhere, to be published as this model. */
    public static ObjectKey importedWeights(String modelId) {
        return ObjectKey.of("imports/" + modelId + ".safetensors");
    }

    /** Newest checkpoint of a training job. */
    public static ObjectKey checkpoint(String jobId) {
        return ObjectKey.of("checkpoints/" + jobId + "/latest.safetensors");
    }

    /** Contact sheet that a training made after so many steps. */
    public static ObjectKey trainingSheet(String jobId, long step) {
        return ObjectKey.of("sheets/%s/%08d.png".formatted(jobId, step));
    }

    /** Prefix of what a generation job wrote: {@code samples/<jobId>/}. */
    public static String samplesPrefix(String jobId) {
        return "samples/" + jobId + "/";
    }

    /** Record of how a job ended. */
    public static ObjectKey jobRecord(String jobId) {
        return ObjectKey.of("jobs/" + jobId + ".avro");
    }

    /**
     * Prefix of a report's files: {@code reports/<modelId>/<collection>/<window>/}. A part of the collection's name
     * that no key may have, which is an empty one or a single dot, gets a '%' before it.
     */
    public static String reportPrefix(String modelId, String collection, String window) {
        StringBuilder prefix = new StringBuilder("reports/").append(modelId).append('/');
        for (String part : collection.split("/", -1)) {
            prefix.append(part.isEmpty() || part.equals(".") ? "%" : "")
                    .append(part)
                    .append('/');
        }
        return prefix.append(window).append('/').toString();
    }
}
