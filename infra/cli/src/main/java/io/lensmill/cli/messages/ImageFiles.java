package io.lensmill.cli.messages;

import io.lensmill.imaging.format.FileFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the image files that are to be published, and names them. */
public final class ImageFiles {

    private ImageFiles() {}

    /**
     * One file to publish.
     *
     * @param path the file
     * @param imageId its path below the folder that was named, with '/' between the parts
     * @param folder name of the folder that holds it, which may be its class
     */
    public record ImageFile(Path path, String imageId, Optional<String> folder) {}

    /**
     * Files that are named are taken whatever they are called, so that a broken one is refused by the worker with its
     * reason; of folders those are taken whose name or first bytes are those of an image.
     */
    public static List<ImageFile> find(List<Path> named) throws IOException {
        List<ImageFile> files = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                addFolder(path, files);
            } else {
                files.add(new ImageFile(path, path.getFileName().toString(), folderOf(path)));
            }
        }
        return files;
    }

    private static void addFolder(Path root, List<ImageFile> files) throws IOException {
        try (Stream<Path> below = Files.walk(root)) {
            Predicate<Path> image = ImageFiles::looksLikeImage;
            for (Path path :
                    below.filter(Files::isRegularFile).filter(image).sorted().toList()) {
                files.add(new ImageFile(path, slashed(root.relativize(path)), folderOf(path)));
            }
        }
    }

    private static boolean looksLikeImage(Path path) {
        return FileFormat.isNameOfImage(path.getFileName().toString()) || beginsLikeImage(path);
    }

    private static boolean beginsLikeImage(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return FileFormat.of(in.readNBytes(FileFormat.MAGIC_BYTES)).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> folderOf(Path path) {
        return Optional.ofNullable(path.toAbsolutePath().getParent())
                .map(Path::getFileName)
                .map(Path::toString);
    }

    private static String slashed(Path path) {
        List<String> parts = new ArrayList<>();
        path.forEach(part -> parts.add(part.toString()));
        return String.join("/", parts);
    }
}
