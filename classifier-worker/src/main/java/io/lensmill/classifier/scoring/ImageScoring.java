package io.lensmill.classifier.scoring;

import io.lensmill.classifier.scoring.ClassificationFactory.Subject;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.LensImage;
import io.lensmill.contracts.Printable;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.jobs.Failure;
import io.lensmill.storage.StoreUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Turns a batch of messages into one outcome each: read, find the model, prepare, score. A message that cannot be used
 * spoils its own outcome only. Belongs to the scoring thread.
 */
public final class ImageScoring {

    private static final Logger LOG = Logger.getLogger(ImageScoring.class);

    /** A classification with its embedding must stay below the 1 MiB that its topic takes. */
    private static final int MAX_ATTRIBUTE_BYTES = 256 * 1024;

    private final ImageIntake intake;
    private final ModelCache models;
    private final ClassificationFactory classifications;
    private final Lanes lanes;

    /** @param lanes take their pieces of each batch from the message to the classification */
    public ImageScoring(ImageIntake intake, ModelCache models, ClassificationFactory classifications, Lanes lanes) {
        this.intake = intake;
        this.models = models;
        this.classifications = classifications;
        this.lanes = lanes;
    }

    /** An image that was read, and its place in the batch. */
    private record Entry(int place, LensImage image) {}

    /** An image as the network takes it. */
    private record Ready(int place, Subject subject, FloatImage pixels) {}

    /**
     * Does what the store lets be done. An image whose object does not come leaves its own outcome open, and no others
     * but those whose objects were to be fetched after it.
     *
     * @param outcomes one place per message, for the next attempt to go on from: what is there stays
     * @return one outcome per message, in the same order
     * @throws IOException when the object store does not answer for at least one image
     */
    public List<Outcome> score(List<RawMessage> batch, Outcome[] outcomes) throws IOException {
        LensImage[] images = new LensImage[batch.size()];
        lanes.run(batch.size(), (lane, first, end) -> {
            for (int place = first; place < end; place++) {
                if (outcomes[place] == null) {
                    try {
                        images[place] = intake.read(batch.get(place));
                    } catch (RefusedException e) {
                        outcomes[place] = new Outcome.Refused(e);
                    } catch (RuntimeException e) {
                        outcomes[place] =
                                new Outcome.Refused(surprise(batch.get(place).key(), e));
                    }
                }
            }
        });
        Map<String, List<Entry>> byModel = new LinkedHashMap<>();
        for (int place = 0; place < images.length; place++) {
            if (images[place] != null) {
                String modelId = images[place].getModelId() == null ? "" : images[place].getModelId();
                byModel.computeIfAbsent(modelId, unused -> new ArrayList<>()).add(new Entry(place, images[place]));
            }
        }
        AtomicReference<StoreUnavailableException> away = new AtomicReference<>();
        for (Map.Entry<String, List<Entry>> group : byModel.entrySet()) {
            scoreGroup(group.getKey(), group.getValue(), outcomes, away);
        }
        if (away.get() != null) {
            throw away.get();
        }
        return List.of(outcomes);
    }

    /** @param modelId of the model asked for, or "" for the newest */
    private void scoreGroup(
            String modelId, List<Entry> group, Outcome[] outcomes, AtomicReference<StoreUnavailableException> away)
            throws IOException {
        LoadedModel model;
        try {
            model = modelId.isEmpty() ? models.newest() : models.pinned(modelId);
        } catch (RefusedException e) {
            group.forEach(entry -> outcomes[entry.place()] = new Outcome.Refused(e));
            return;
        }
        lanes.run(
                group.size(), (lane, first, end) -> scorePiece(group.subList(first, end), model, lane, outcomes, away));
    }

    /** @param away set at the first object that does not come: nobody waits for each of the others too */
    private void scorePiece(
            List<Entry> piece,
            LoadedModel model,
            int lane,
            Outcome[] outcomes,
            AtomicReference<StoreUnavailableException> away)
            throws IOException {
        List<Ready> usable = new ArrayList<>(piece.size());
        for (Entry entry : piece) {
            if (away.get() != null && entry.image().getPixels() == null) {
                continue;
            }
            try {
                usable.add(ready(entry, model));
            } catch (StoreUnavailableException e) {
                away.compareAndSet(null, e);
            } catch (RefusedException e) {
                outcomes[entry.place()] = new Outcome.Refused(e);
            } catch (RuntimeException e) {
                outcomes[entry.place()] =
                        new Outcome.Refused(surprise(entry.image().getImageId(), e));
            }
        }
        List<Score> scores =
                model.score(lane, usable.stream().map(Ready::pixels).toList());
        for (int i = 0; i < scores.size(); i++) {
            outcomes[usable.get(i).place()] = new Outcome.Classified(
                    classifications.make(usable.get(i).subject(), scores.get(i), model.identity(), model.foreign()));
        }
    }

    private Ready ready(Entry entry, LoadedModel model) throws RefusedException, IOException {
        Subject subject = subject(entry.image(), model.identity());
        FloatImage pixels = intake.pixels(entry.image(), model.preprocessing());
        try {
            return new Ready(entry.place(), subject, model.prepareWithInformation(pixels));
        } catch (ImageFormatException e) {
            if (subject.role() != ImageRole.GENERATED) {
                throw ImageIntake.refused(e, "The image '" + entry.image().getImageId() + "' cannot be used: ");
            }
            return new Ready(entry.place(), subject.withoutInformation(), model.prepare(pixels));
        }
    }

    private static Subject subject(LensImage image, ModelIdentity model) throws RefusedException {
        requireFittingAttributes(image);
        return new Subject(
                image.getImageId(),
                image.getCollection(),
                image.getRole(),
                image.getReference(),
                Labels.normalise(image.getLabel(), model.classes()),
                image.getAttributes());
    }

    private static void requireFittingAttributes(LensImage image) throws RefusedException {
        long bytes = 0;
        for (Map.Entry<String, String> attribute : image.getAttributes().entrySet()) {
            bytes += attribute.getKey().getBytes(StandardCharsets.UTF_8).length
                    + attribute.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MAX_ATTRIBUTE_BYTES) {
            throw new RefusedException(
                    RefusalCode.TOO_LARGE,
                    "The attributes have " + bytes + " bytes; " + MAX_ATTRIBUTE_BYTES
                            + " are echoed at most. Put larger things into the object store.");
        }
    }

    /** A fault of ours in reading one image must not hold up all the others. */
    private static RefusedException surprise(String imageId, RuntimeException e) {
        LOG.errorf(e, "Reading the image %s failed", Printable.quoted(imageId));
        return new Failure.Ours(e).reason();
    }
}
