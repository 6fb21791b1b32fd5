package io.lensmill.cli.messages;

import io.lensmill.imaging.dataset.ImageFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
     * reason; of folders those are taken that {@link ImageFolder} takes for images.
     *
     * @param leftOut gets a line for each folder that has other files too
     */
    public static List<ImageFile> find(List<Path> named, Consumer<String> leftOut) throws IOException {
        List<ImageFile> files = new ArrayList<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                addFolder(path, leftOut, files);
            } else {
                files.add(new ImageFile(path, path.getFileName().toString(), folderOf(path)));
            }
        }
        return files;
    }

    private static void addFolder(Path root, Consumer<String> leftOut, List<ImageFile> files) throws IOException {
        ImageFolder folder = ImageFolder.of(root);
        for (ImageFolder.Image image : folder.images()) {
            Path path = root.resolve(image.path());
            files.add(new ImageFile(path, image.path(), folderOf(path)));
        }
        String others = folder.leftOut(true);
        if (!others.isEmpty()) {
            leftOut.accept("left out: " + others);
        }
    }

    private static Optional<String> folderOf(Path path) {
        return Optional.ofNullable(path.toAbsolutePath().getParent())
                .map(Path::getFileName)
                .map(Path::toString);
    }
}
