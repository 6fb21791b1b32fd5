package io.lensmill.diffusion.generation;

import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.contracts.SampleFormat;
import io.lensmill.imaging.ContactSheet;
import io.lensmill.imaging.FitsCodec;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.NpyCodec;
import io.lensmill.imaging.PngCodec;
import io.lensmill.jobs.JobCancelledException;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobInterruptedException;
import io.lensmill.jobs.JobProgress;
import io.lensmill.jobs.JobResult;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectEntry;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts samples into the object store and announces them. A batch's array is written after everything else of that batch
 * and before its message: where the array stands, the rest does too.
 */
final class SampleWriter {

    private static final long MAX_BATCH_BYTES = Integer.MAX_VALUE - 16L;
    private static final int SHEET_IMAGES = 64;

    private final GenerationRequest request;
    private final GenerationEnvironment environment;
    private final GenerationPlan plan;
    private final ModelPublished model;
    private final String label;
    private final JobContext context;
    private final ObjectStore store;
    private final SampleKeys keys;

    /** @param label class that the images are made of, or null */
    SampleWriter(
            GenerationRequest request,
            GenerationEnvironment environment,
            GenerationPlan plan,
            ModelPublished model,
            String label,
            JobContext context) {
        this.request = request;
        this.environment = environment;
        this.plan = plan;
        this.model = model;
        this.label = label;
        this.context = context;
        this.store = environment.store();
        this.keys = new SampleKeys(request.getJobId());
    }

    /** Clears what another job of this id may have left long ago, and writes the plan. */
    List<SampleBatch> begin() throws IOException, JobCancelledException, JobInterruptedException {
        context.insist("Writing the plan of job " + request.getJobId(), () -> {
            for (ObjectEntry left : store.list(BucketLayout.samplesPrefix(request.getJobId()))) {
                store.delete(left.key());
            }
            plan.write(store, request.getJobId());
            return plan;
        });
        return List.of();
    }

    /**
     * The batches that an earlier attempt has written, up to the first that is missing. The last of them is announced
     * again: the attempt may have ended before its message.
     */
    List<SampleBatch> existing() throws IOException, JobCancelledException, JobInterruptedException {
        List<SampleBatch> found = new ArrayList<>();
        for (int batch = 0; batch < plan.batches(request.getCount()); batch++) {
            int number = batch;
            Optional<SampleBatch> stored = context.insist("Looking for batch " + batch, () -> existing(number));
            if (stored.isEmpty()) {
                break;
            }
            context.throwIfStopped();
            found.add(stored.get());
        }
        if (!found.isEmpty()) {
            announce(found.get(found.size() - 1));
        }
        return found;
    }

    /** Writes one batch and announces it. */
    SampleBatch write(int batch, List<FloatImage> images)
            throws IOException, JobCancelledException, JobInterruptedException {
        byte[] array = NpyCodec.encodeBatch(images);
        SampleBatch message = message(batch, images.size(), images.get(0).height(), array);
        context.insist("Writing batch " + batch + " of job " + request.getJobId(), () -> {
            writeSingly(batch * plan.batchSize(), images);
            if (batch == 0) {
                store.put(keys.contactSheet(), contactSheet(images));
            }
            store.put(keys.batch(batch), array);
            return message;
        });
        announce(message);
        int made = message.getFirstIndex() + message.getCount();
        context.report(JobProgress.of(made, request.getCount())
                .withResult("newestBatch", message.getArrayKey())
                .atOnce());
        return message;
    }

    /**
     * Writes the manifest: the job is complete.
     *
     * @param metrics figures of the whole job
     */
    JobResult finish(List<SampleBatch> batches, Map<String, Double> metrics)
            throws IOException, JobCancelledException, JobInterruptedException {
        byte[] manifest = Manifest.of(request, model, batches, keys);
        context.insist("Writing the manifest of job " + request.getJobId(), () -> {
            store.put(keys.manifest(), manifest);
            return keys;
        });
        Map<String, String> results = Map.of(
                "modelId", model.getModelId(),
                "collection", request.getCollection(),
                "manifest", keys.manifest().value(),
                "manifestSha256", Sha256.hex(manifest),
                "contactSheet", keys.contactSheet().value());
        context.report(JobProgress.of(request.getCount(), request.getCount()));
        return new JobResult(
                metrics,
                results,
                request.getCount() + " images of model " + model.getModelId() + " are in the object store");
    }

    private Optional<SampleBatch> existing(int batch) throws IOException {
        byte[] array;
        try {
            array = store.get(keys.batch(batch), MAX_BATCH_BYTES);
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
        try {
            List<FloatImage> images = NpyCodec.decodeBatch(array);
            boolean whole = images.size() == plan.sizeOf(batch, request.getCount());
            return whole
                    ? Optional.of(message(batch, images.size(), images.get(0).height(), array))
                    : Optional.empty();
        } catch (ImageFormatException e) {
            // Not ours, or damaged: it is made anew.
            return Optional.empty();
        }
    }

    private SampleBatch message(int batch, int count, int size, byte[] array) {
        return SampleBatch.newBuilder()
                .setJobId(request.getJobId())
                .setModelId(model.getModelId())
                .setCollection(request.getCollection())
                .setReference(request.getReference())
                .setFirstIndex(batch * plan.batchSize())
                .setCount(count)
                .setHeight(size)
                .setWidth(size)
                .setArrayKey(keys.batch(batch).value())
                .setSha256(Sha256.hex(array))
                .setContactSheetKey(batch == 0 ? keys.contactSheet().value() : null)
                .setLabel(label)
                .setCreatedAt(environment.clock().instant().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    private void announce(SampleBatch batch) throws IOException, JobCancelledException, JobInterruptedException {
        context.insist("Announcing " + batch.getArrayKey(), () -> {
            environment.publisher().publish(batch);
            return batch;
        });
    }

    private void writeSingly(int firstIndex, List<FloatImage> images) throws IOException {
        for (int i = 0; i < images.size(); i++) {
            if (request.getFormats().contains(SampleFormat.NPY)) {
                store.put(keys.image(firstIndex + i, "npy"), NpyCodec.encode(images.get(i)));
            }
            if (request.getFormats().contains(SampleFormat.PNG)) {
                store.put(keys.image(firstIndex + i, "png"), PngCodec.encodeGrey16(images.get(i)));
            }
            if (request.getFormats().contains(SampleFormat.FITS)) {
                store.put(keys.image(firstIndex + i, "fits"), FitsCodec.encode(images.get(i)));
            }
        }
    }

    private byte[] contactSheet(List<FloatImage> images) {
        String title = request.getSampler() + " " + request.getSteps() + " steps, model " + model.getModelId()
                + (label == null ? "" : ", class " + label);
        return ContactSheet.png(
                List.of(new ContactSheet.Row(title, images.subList(0, Math.min(SHEET_IMAGES, images.size())))));
    }
}
