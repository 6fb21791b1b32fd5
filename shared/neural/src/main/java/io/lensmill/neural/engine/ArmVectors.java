package io.lensmill.neural.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether oneDNN may be chosen unasked on this ARM processor. With scalable vectors (SVE) its gradient of a small dense
 * layer came out wrong under emulation, without them all reference tests passed; no such hardware was at hand.
 */
final class ArmVectors {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private ArmVectors() {}

    /** Why oneDNN is not chosen unasked on this machine; empty when it may be. */
    static Optional<String> doubt() {
        return doubt(System.getProperty("os.arch", ""), cpuInfo());
    }

    /**
     * @param architecture as the property {@code os.arch} has it
     * @param cpuInfo text of Linux's {@code /proc/cpuinfo}; empty where there is none
     */
    static Optional<String> doubt(String architecture, String cpuInfo) {
        boolean scalable = architecture.equals("aarch64")
                && cpuInfo.lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("features"))
                        .anyMatch(line -> line.matches(".*\\bsve\\b.*"));
        return scalable
                ? Optional.of("its gradients on ARM processors with SVE are not known to be right;"
                        + " lensmill.engine.executor=onednn has it used")
                : Optional.empty();
    }

    private static String cpuInfo() {
        try {
            return Files.isReadable(CPU_INFO) ? Files.readString(CPU_INFO, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
