package io.lensmill.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Memory of a process that is in the machine's memory right now, as Linux tells it. */
final class ResidentMemory {

    private ResidentMemory() {}

    /** Of this process; empty on systems that do not tell. */
    static Optional<Long> mebibytes() {
        return mebibytes("self");
    }

    /** Empty when it has ended, and on systems that do not tell. */
    static Optional<Long> mebibytes(long process) {
        return mebibytes(Long.toString(process));
    }

    private static Optional<Long> mebibytes(String process) {
        try {
            return Files.readAllLines(Path.of("/proc", process, "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
