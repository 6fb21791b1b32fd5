package io.lensmill.cli.messages;

import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.FileFault;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.LensImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.Information;
import io.lensmill.imaging.Progress;
import io.lensmill.imaging.dataset.DatasetException;
import io.lensmill.imaging.dataset.DatasetRepository;
import io.lensmill.imaging.format.FileFormat;
import io.lensmill.imaging.format.ImageCodecs;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectRefusedException;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes a dataset of the images of a collection: a set stays as it is, whatever is published afterwards, and the model
 * that learned it names its SHA-256.
 */
public final class CollectedDataset {

    /** What became of the images. */
    public static final class Outcome {

        private final Map<String, Integer> byClass = new TreeMap<>();
        private int unlabelled;
        private int leftOut;

        /** Images of each class. */
        public Map<String, Integer> byClass() {
            return byClass;
        }

        public int labelled() {
            return byClass.values().stream().mapToInt(Integer::intValue).sum();
        }

        /** Images in the set without a class. */
        public int unlabelled() {
            return unlabelled;
        }

        /**
         * Images that are no part of the set: without pixels or showing nothing, or of no class where one was
         * asked for.
         */
        public int leftOut() {
            return leftOut;
        }
    }

    private final ObjectStore store;
    private final PublishedCollection published;
    private final boolean labelledOnly;

    /** @param labelledOnly whether images without one of the classes are left out */
    public CollectedDataset(ObjectStore store, PublishedCollection published, boolean labelledOnly) {
        this.store = store;
        this.published = published;
        this.labelledOnly = labelledOnly;
    }

    /**
     * @param name of the dataset; one of this name is replaced
     * @return what the set holds; nothing is stored when that is no image at all
     * @throws CommandFailure when the store does not take it
     */
    public Outcome store(String name) {
        try {
            Path folder = Files.createTempDirectory("lensmill-collection");
            try {
                Outcome outcome = write(folder);
                if (outcome.labelled() + outcome.unlabelled() > 0) {
                    new DatasetRepository(store).upload(folder, name, Progress.NONE);
                }
                return outcome;
            } finally {
                delete(folder);
            }
        } catch (IOException | DatasetException e) {
            throw new CommandFailure("The images could not be stored as dataset " + name + ": " + FileFault.of(e), e);
        }
    }

    private Outcome write(Path folder) throws IOException {
        Outcome outcome = new Outcome();
        for (LensImage image : published.images().values()) {
            Optional<LensClass> lensClass = published.label(image.getImageId()).flatMap(LensClass::of);
            Optional<byte[]> file = lensClass.isEmpty() && labelledOnly ? Optional.empty() : pixels(image);
            if (file.isEmpty()) {
                outcome.leftOut++;
            } else {
                String part = lensClass.map(known -> "train/" + known.label()).orElse("train");
                Files.createDirectories(folder.resolve(part));
                Files.write(folder.resolve(part).resolve(fileName(image, file.get())), file.get());
                lensClass.ifPresentOrElse(
                        known -> outcome.byClass.merge(known.label(), 1, Integer::sum), () -> outcome.unlabelled++);
            }
        }
        return outcome;
    }

    /** Empty where there are none, or none that can be read. */
    private Optional<byte[]> pixels(LensImage image) throws IOException {
        try {
            byte[] file = image.getPixels() != null
                    ? Envelope.bytesOf(image.getPixels())
                    : store.get(ObjectKey.of(image.getObjectKey()), ImageLimits.DEFAULT.maxFileBytes());
            Information.require(ImageCodecs.decodeWithGaps(file, ImageLimits.DEFAULT));
            return Optional.of(file);
        } catch (ObjectRefusedException | ImageFormatException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An id may hold anything that no file name does. */
    private static String fileName(LensImage image, byte[] file) {
        String hash = Sha256.hex(image.getImageId().getBytes(StandardCharsets.UTF_8));
        return hash + FileFormat.of(file).orElseThrow().endings().get(0);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
