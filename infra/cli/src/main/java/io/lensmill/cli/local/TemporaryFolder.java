package io.lensmill.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A new folder below the system's temporary folder. */
public final class TemporaryFolder {

    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /** The folder is readable by its owner alone. */
    public static TemporaryFolder create(String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(prefix).toRealPath());
    }

    public Path path() {
        return path;
    }

    /** Removes the folder and everything in it. */
    public void delete() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(path)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
