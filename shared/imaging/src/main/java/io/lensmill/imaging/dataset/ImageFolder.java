package io.lensmill.imaging.dataset;

import io.lensmill.imaging.format.FileFormat;
import io.lensmill.imaging.format.FirstBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a local folder and of those below it: one rule for everything that takes folders. A file is an image by
 * its name or, whatever it is called, by its first bytes; {@link SystemFiles} are passed over.
 *
 * @param images by path
 * @param descriptions paths of JSON files, which say how images came about
 * @param leftOut what is no image, in the order of the paths
 */
public record ImageFolder(List<Image> images, List<String> descriptions, List<LeftOut> leftOut) {

    /**
     * An image file.
     *
     * @param path below the folder, with '/' between its parts
     * @param name the path, with the usual ending of its format behind it where its own ending is no image's: in a
     *     dataset the name alone tells images
     */
    public record Image(String path, String name) {}

    /** Why a file is left out. */
    public enum Reason {
        NO_FORMAT("no format that is read"),
        NOT_OPENED("cannot be opened"),
        LINKED_FOLDER("link to a folder, which is not followed");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    /** A file that is no image, and why. */
    public record LeftOut(String path, Reason reason) {}

    /** @throws IOException when the folder, or one below it, cannot be listed */
    public static ImageFolder of(Path root) throws IOException {
        try (Stream<Path> below = Files.walk(root)) {
            Sorting sorting = new Sorting(root);
            below.sorted().forEach(sorting::take);
            return new ImageFolder(sorting.images, sorting.descriptions, sorting.leftOut);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * What is left out by ending and reason, such as {@code 3 files (.jpg 2, .tif 1: no format that is read)}; empty
     * when that is nothing.
     *
     * @param withDescriptions whether JSON files count: they are no images, but travel with a dataset
     */
    public String leftOut(boolean withDescriptions) {
        SortedMap<Reason, SortedMap<String, Integer>> counts = new TreeMap<>();
        leftOut.forEach(file -> count(counts, file.reason(), file.path()));
        if (withDescriptions) {
            descriptions.forEach(path -> count(counts, Reason.NO_FORMAT, path));
        }
        int files = leftOut.size() + (withDescriptions ? descriptions.size() : 0);
        return files == 0
                ? ""
                : files + (files == 1 ? " file (" : " files (")
                        + counts.entrySet().stream()
                                .map(reason -> endings(reason.getValue()) + ": " + reason.getKey().words)
                                .collect(Collectors.joining("; "))
                        + ")";
    }

    private static void count(SortedMap<Reason, SortedMap<String, Integer>> counts, Reason reason, String path) {
        counts.computeIfAbsent(reason, unused -> new TreeMap<>()).merge(ending(path), 1, Integer::sum);
    }

    private static String endings(SortedMap<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(ending -> ending.getKey() + " " + ending.getValue())
                .collect(Collectors.joining(", "));
    }

    /** In small letters; two parts where the last one is a compression. */
    private static String ending(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        if (dot > 0 && Set.of(".gz", ".fz", ".bz2", ".xz", ".zst").contains(name.substring(dot))) {
            int before = name.lastIndexOf('.', dot - 1);
            dot = before > 0 ? before : dot;
        }
        return dot > 0 ? name.substring(dot) : "no ending";
    }

    /** One walk through a folder. */
    private static final class Sorting {

        private final Path root;
        private final List<Image> images = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private final List<String> descriptions = new ArrayList<>();
        private final List<LeftOut> leftOut = new ArrayList<>();

        Sorting(Path root) {
            this.root = root;
        }

        void take(Path file) {
            String path = slashed(root.relativize(file));
            if (path.isEmpty() || SystemFiles.contain(path)) {
                return;
            }
            if (Files.isSymbolicLink(file) && Files.isDirectory(file)) {
                leftOut.add(new LeftOut(path, Reason.LINKED_FOLDER));
            } else if (Files.isRegularFile(file)) {
                takeFile(file, path);
            }
        }

        private void takeFile(Path file, String path) {
            if (FileFormat.isNameOfImage(path)) {
                addImage(path, path);
            } else if (path.endsWith(".json") || path.endsWith(".jsonl")) {
                descriptions.add(path);
            } else {
                try (InputStream in = Files.newInputStream(file)) {
                    Optional<FileFormat> format = FirstBytes.format(in.readNBytes(FirstBytes.ENOUGH));
                    if (format.isPresent()) {
                        addImage(path, path + format.get().endings().get(0));
                    } else {
                        leftOut.add(new LeftOut(path, Reason.NO_FORMAT));
                    }
                } catch (IOException e) {
                    leftOut.add(new LeftOut(path, Reason.NOT_OPENED));
                }
            }
        }

        /** Two files may get one name: {@code a} and {@code a.npy}. */
        private void addImage(String path, String wanted) {
            String name = wanted;
            for (int i = 2; !names.add(name); i++) {
                name = path + "-" + i + wanted.substring(path.length());
            }
            images.add(new Image(path, name));
        }
    }

    private static String slashed(Path path) {
        List<String> parts = new ArrayList<>();
        path.forEach(part -> parts.add(part.toString()));
        return String.join("/", parts);
    }
}
