package io.lensmill.cli.demo;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.TopicReader;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.contracts.Topics;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.picture.ColourMap;
import io.lensmill.imaging.picture.ContactSheet;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The contact sheet: real images above, generated ones below, a row for each class. */
final class SampleSheet {

    private static final int IMAGES_EACH = 24;
    private static final int CELL = 144;
    private static final long MAX_BATCH_BYTES = 256L << 20;
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final ObjectStore store;
    private final Broker broker;

    SampleSheet(ObjectStore store, Broker broker) {
        this.store = store;
        this.broker = broker;
    }

    void write(Path realImages, String generationJob, Path file) throws IOException, ImageFormatException {
        List<FloatImage> real = real(realImages);
        List<FloatImage> generated = generated(generationJob);
        List<ContactSheet.Row> rows = List.of(
                new ContactSheet.Row("Real (held out): " + sizeOf(real), real),
                new ContactSheet.Row("Generated: " + sizeOf(generated), generated));
        byte[] sheet = ContactSheet.png(
                rows, new ContactSheet.Look(8, cellFor(real), ColourMap.INFERNO, ContactSheet.Stretch.EACH));
        Files.write(file, sheet);
    }

    /** A whole multiple of the real images' size, so that they fill their cells; near 144 pixels. */
    private static int cellFor(List<FloatImage> real) {
        int size = real.get(0).width();
        return size * Math.max(1, CELL / size);
    }

    /** As many of each class. */
    private static List<FloatImage> real(Path folder) throws IOException, ImageFormatException {
        List<FloatImage> images = new ArrayList<>();
        List<Path> classes = children(folder);
        for (Path lensClass : classes) {
            for (Path image : children(lensClass).stream()
                    .limit(IMAGES_EACH / classes.size())
                    .toList()) {
                images.add(NpyCodec.decode(Files.readAllBytes(image)));
            }
        }
        return images;
    }

    /** A model with classes makes them in turn: image k stands in row k mod 3, so that rows are classes, as above. */
    private List<FloatImage> generated(String jobId) throws IOException, ImageFormatException {
        List<FloatImage> inTurn = firstOf(jobId);
        int classes = LensClass.values().length;
        List<FloatImage> byClass = new ArrayList<>();
        for (int lensClass = 0; lensClass < classes; lensClass++) {
            for (int k = lensClass; k < inTurn.size(); k += classes) {
                byClass.add(inTurn.get(k));
            }
        }
        return byClass;
    }

    private List<FloatImage> firstOf(String jobId) throws IOException, ImageFormatException {
        List<FloatImage> images = new ArrayList<>();
        for (SampleBatch batch : batches(jobId)) {
            if (images.size() < IMAGES_EACH) {
                byte[] array = store.get(ObjectKey.of(batch.getArrayKey()), MAX_BATCH_BYTES);
                images.addAll(NpyCodec.decodeBatch(array));
            }
        }
        return images.subList(0, Math.min(IMAGES_EACH, images.size()));
    }

    private List<SampleBatch> batches(String jobId) {
        List<SampleBatch> batches = new ArrayList<>();
        try (TopicReader reader = broker.readFromStart(Topics.SAMPLES)) {
            while (!reader.caughtUp()) {
                for (var message : reader.poll(PATIENCE)) {
                    if (jobId.equals(message.key())) {
                        reader.message(message, SampleBatch.class).ifPresent(batches::add);
                    }
                }
            }
        }
        batches.sort(Comparator.comparing(SampleBatch::getFirstIndex));
        return batches;
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }

    private static String sizeOf(List<FloatImage> images) {
        return images.isEmpty()
                ? "none"
                : images.get(0).width() + " x " + images.get(0).height() + " px";
    }
}
