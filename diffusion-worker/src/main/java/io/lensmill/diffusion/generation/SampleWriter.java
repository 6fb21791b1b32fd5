package io.lensmill.diffusion.generation;

import io.lensmill.contracts.SampleBatch;
import io.lensmill.contracts.SampleFormat;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.format.FitsCodec;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.format.PngCodec;
import io.lensmill.imaging.picture.ContactSheet;
import io.lensmill.jobs.JobCancelledException;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobInterruptedException;
import io.lensmill.jobs.JobProgress;
import io.lensmill.jobs.JobResult;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectEntry;
import io.lensmill.storage.ObjectRefusedException;
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

    private final GenerationOrder order;
    private final GenerationEnvironment environment;
    private final JobContext context;
    private final ObjectStore store;
    private final SampleKeys keys;

    SampleWriter(GenerationOrder order, GenerationEnvironment environment, JobContext context) {
        this.order = order;
        this.environment = environment;
        this.context = context;
        this.store = environment.store();
        this.keys = order.keys();
    }

    /** Clears what another job of this id may have left long ago, and writes the plan. */
    List<SampleBatch> begin() throws IOException, JobCancelledException, JobInterruptedException {
        context.insist("Writing the plan of job " + order.jobId(), () -> {
            for (ObjectEntry left : store.list(BucketLayout.samplesPrefix(order.jobId()))) {
                store.delete(left.key());
            }
            order.plan().write(store, order.jobId());
            return order;
        });
        return List.of();
    }

    /**
     * The batches that an earlier attempt has written, up to the first that is missing. The last of them is announced
     * again: the attempt may have ended before its message.
     */
    List<SampleBatch> existing() throws IOException, JobCancelledException, JobInterruptedException {
        List<SampleBatch> found = new ArrayList<>();
        for (int batch = 0; batch < order.batches(); batch++) {
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
        context.insist("Writing batch " + batch + " of job " + order.jobId(), () -> {
            writeSingly(order.firstOf(batch), images);
            if (batch == 0) {
                store.put(keys.contactSheet(), contactSheet(images));
            }
            store.put(keys.batch(batch), array);
            return message;
        });
        announce(message);
        int made = message.getFirstIndex() + message.getCount();
        context.report(JobProgress.of(made, order.count())
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
        byte[] manifest = Manifest.of(order, batches);
        context.insist("Writing the manifest of job " + order.jobId(), () -> {
            store.put(keys.manifest(), manifest);
            return keys;
        });
        Map<String, String> results = Map.of(
                "modelId", order.model().getModelId(),
                "collection", order.request().getCollection(),
                "manifest", keys.manifest().value(),
                "manifestSha256", Sha256.hex(manifest),
                "contactSheet", keys.contactSheet().value());
        context.report(JobProgress.of(order.count(), order.count()));
        return new JobResult(
                metrics,
                results,
                order.count() + " images of model " + order.model().getModelId() + " are in the object store");
    }

    private Optional<SampleBatch> existing(int batch) throws IOException {
        byte[] array;
        try {
            array = store.get(keys.batch(batch), MAX_BATCH_BYTES);
        } catch (ObjectRefusedException e) {
            // Not there, or not to be had: it is made anew.
            return Optional.empty();
        }
        try {
            List<FloatImage> images = NpyCodec.decodeBatch(array);
            boolean whole = images.size() == order.sizeOf(batch);
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
                .setJobId(order.jobId())
                .setModelId(order.model().getModelId())
                .setCollection(order.request().getCollection())
                .setReference(order.request().getReference())
                .setFirstIndex(order.firstOf(batch))
                .setCount(count)
                .setHeight(size)
                .setWidth(size)
                .setArrayKey(keys.batch(batch).value())
                .setSha256(Sha256.hex(array))
                .setContactSheetKey(batch == 0 ? keys.contactSheet().value() : null)
                .setLabel(order.label())
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
            if (order.request().getFormats().contains(SampleFormat.NPY)) {
                store.put(keys.image(firstIndex + i, "npy"), NpyCodec.encode(images.get(i)));
            }
            if (order.request().getFormats().contains(SampleFormat.PNG)) {
                store.put(keys.image(firstIndex + i, "png"), PngCodec.encodeGrey16(images.get(i)));
            }
            if (order.request().getFormats().contains(SampleFormat.FITS)) {
                store.put(keys.image(firstIndex + i, "fits"), FitsCodec.encode(images.get(i)));
            }
        }
    }

    private byte[] contactSheet(List<FloatImage> images) {
        String title = order.request().getSampler() + " " + order.request().getSteps() + " steps, model "
                + order.model().getModelId() + (order.label() == null ? "" : ", class " + order.label());
        return ContactSheet.png(
                List.of(new ContactSheet.Row(title, images.subList(0, Math.min(SHEET_IMAGES, images.size())))));
    }
}
