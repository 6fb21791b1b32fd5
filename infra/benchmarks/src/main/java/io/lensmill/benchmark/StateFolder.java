package io.lensmill.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the stores of a Kafka Streams application take on disk. */
final class StateFolder {

    /** application/task/rocksdb/store/file; stores in segments lie beside the folder rocksdb. */
    private static final int TASK_LEVEL = 2;

    private static final String ROCKS = "rocksdb";

    private StateFolder() {}

    /**
     * Bytes per store, over all tasks. Files that vanish while they are counted, since RocksDB replaces them, count as
     * nothing.
     *
     * @param folder the setting state.dir
     */
    static Map<String, Long> bytesPerStore(Path folder) throws IOException {
        Map<String, Long> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                Path place = folder.relativize(file);
                int store = place.getNameCount() > TASK_LEVEL
                                && place.getName(TASK_LEVEL).toString().equals(ROCKS)
                        ? TASK_LEVEL + 1
                        : TASK_LEVEL;
                if (place.getNameCount() > store + 1) {
                    bytes.merge(place.getName(store).toString(), size(file), Long::sum);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException("The state in " + folder + " changed while it was counted", e);
        }
        return bytes;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
