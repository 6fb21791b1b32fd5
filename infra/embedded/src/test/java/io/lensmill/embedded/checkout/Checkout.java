package io.lensmill.embedded.checkout;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The checkout that this build belongs to. */
public final class Checkout {

    /** Folders of what is built, downloaded or measured, and of Git. */
    private static final Set<String> NOT_OURS =
            Set.of(".git", "target", "node_modules", "lensmill-demo", "lensmill-data");

    private Checkout() {}

    /** A path from the root of the checkout. */
    public static Path path(String relative) {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docker-compose.yml"))) {
            root = root.getParent();
        }
        return root.resolve(relative);
    }

    public static String read(String relative) throws IOException {
        return Files.readString(path(relative));
    }

    /** Every file that is kept here, from the root, in the order of the paths. */
    static List<Path> files() throws IOException {
        Path root = path("");
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(root.relativize(file));
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(files);
        return files;
    }
}
