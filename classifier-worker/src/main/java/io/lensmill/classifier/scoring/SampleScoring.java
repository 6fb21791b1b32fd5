package io.lensmill.classifier.scoring;

import io.lensmill.classifier.scoring.ClassificationFactory.Subject;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.Information;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.jobs.ObjectRefusals;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectRefusedException;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Scores the images of a generation job with the newest classifier: the same road as real images, so that both can be
 * compared. Belongs to the scoring thread.
 */
public final class SampleScoring {

    private static final int MAX_SIDE = 4096;
    /** A batch stands in memory as a whole: 128 Mi pixels are half a GiB. */
    private static final long MAX_PIXELS = 128L * 1024 * 1024;
    /** More than the header of any npy file of three dimensions. */
    private static final int HEADER_BYTES = 4096;

    private final ObjectStore store;
    private final ModelCache models;
    private final ClassificationFactory classifications;
    private final Lanes lanes;

    public SampleScoring(ObjectStore store, ModelCache models, ClassificationFactory classifications, Lanes lanes) {
        this.store = store;
        this.models = models;
        this.classifications = classifications;
        this.lanes = lanes;
    }

    /**
     * @return one classification per image, in the batch's order; image k has the id {@code <jobId>/<firstIndex + k>}
     * @throws RefusedException when the message or the array it points to cannot be used
     * @throws IOException when the object store does not answer
     */
    public List<Classification> score(SampleBatch batch) throws RefusedException, IOException {
        check(batch);
        List<FloatImage> images = read(batch);
        LoadedModel model = models.newest();
        String label = Labels.normalise(batch.getLabel(), model.identity().classes());
        Classification[] results = new Classification[images.size()];
        lanes.run(images.size(), (lane, first, end) -> {
            List<FloatImage> prepared =
                    images.subList(first, end).stream().map(model::prepare).toList();
            List<Score> scores = model.score(lane, prepared);
            for (int k = first; k < end; k++) {
                Subject subject = subject(batch, k, label);
                results[k] = classifications.make(
                        Information.isIn(images.get(k), prepared.get(k - first))
                                ? subject
                                : subject.withoutInformation(),
                        scores.get(k - first),
                        model.identity(),
                        model.foreign());
            }
        });
        return List.of(results);
    }

    private static Subject subject(SampleBatch batch, int k, String label) {
        String imageId = batch.getJobId() + "/" + (batch.getFirstIndex() + k);
        Map<String, String> origin = Map.of("generatorModelId", batch.getModelId());
        return new Subject(imageId, batch.getCollection(), ImageRole.GENERATED, batch.getReference(), label, origin);
    }

    private static void check(SampleBatch batch) throws RefusedException {
        Names.requireId("jobId", batch.getJobId());
        Names.requireId("modelId", batch.getModelId());
        Names.requireCollection("collection", batch.getCollection());
        if (batch.getReference() != null) {
            Names.requireCollection("reference", batch.getReference());
        }
        requireRange("firstIndex", batch.getFirstIndex(), 0, Integer.MAX_VALUE);
        requireRange("height", batch.getHeight(), 1, MAX_SIDE);
        requireRange("width", batch.getWidth(), 1, MAX_SIDE);
        long fitting = MAX_PIXELS / ((long) batch.getHeight() * batch.getWidth());
        requireRange("count", batch.getCount(), 1, Math.min(fitting, Integer.MAX_VALUE - batch.getFirstIndex()));
    }

    private static void requireRange(String field, long value, long minimum, long maximum) throws RefusedException {
        if (value < minimum || value > maximum) {
            throw new RefusedException(
                    RefusalCode.INVALID_PARAMETER,
                    field + " must be " + minimum + " to " + maximum + "; got " + value + ".");
        }
    }

    private List<FloatImage> read(SampleBatch batch) throws RefusedException, IOException {
        byte[] file = stored(batch);
        if (!Sha256.hex(file).equals(batch.getSha256())) {
            throw new RefusedException(
                    RefusalCode.UNDECODABLE,
                    "The object '" + batch.getArrayKey() + "' has the SHA-256 " + Sha256.hex(file)
                            + " where the message says '" + batch.getSha256() + "': it was changed or damaged.");
        }
        List<FloatImage> images;
        try {
            images = NpyCodec.decodeBatch(file);
        } catch (ImageFormatException e) {
            throw ImageIntake.refused(e, "The array '" + batch.getArrayKey() + "' cannot be used: ");
        }
        FloatImage first = images.isEmpty() ? null : images.get(0);
        if (images.size() != batch.getCount()
                || first.height() != batch.getHeight()
                || first.width() != batch.getWidth()) {
            throw new RefusedException(
                    RefusalCode.WRONG_SHAPE,
                    "The array '" + batch.getArrayKey() + "' must have the shape [" + batch.getCount() + ", "
                            + batch.getHeight() + ", " + batch.getWidth() + "] that its message states.");
        }
        return images;
    }

    private byte[] stored(SampleBatch batch) throws RefusedException, IOException {
        // float64 is the widest type that is read.
        long largest = HEADER_BYTES + (long) Double.BYTES * batch.getCount() * batch.getHeight() * batch.getWidth();
        long limit = Math.min(largest, Integer.MAX_VALUE - 16);
        try {
            return store.get(ObjectKey.of(batch.getArrayKey()), limit);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusalCode.INVALID_PARAMETER, "arrayKey: " + e.getMessage() + ".", e);
        } catch (ObjectRefusedException e) {
            throw ObjectRefusals.of(e, "arrayKey '" + batch.getArrayKey() + "'", limit);
        }
    }
}
