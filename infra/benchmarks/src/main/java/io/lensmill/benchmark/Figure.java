package io.lensmill.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What one benchmark found.
 *
 * @param name its name
 * @param batch images per step
 * @param dtype precision that was really used, f32 or bf16
 * @param executor who computed, on what
 * @param imagesPerSecond median
 * @param steps steps that were timed
 * @param residentMebibytes resident size of the process after the timed steps and through the further ones; empty where
 *     the system does not tell
 */
public record Figure(
        String name,
        int batch,
        String dtype,
        String executor,
        double imagesPerSecond,
        int steps,
        List<Long> residentMebibytes) {

    /** One line of JSON. */
    public String toJson() {
        String memory = residentMebibytes.isEmpty()
                ? ""
                : ", \"residentMebibytes\": "
                        + (residentMebibytes.size() == 1 ? residentMebibytes.get(0) : residentMebibytes);
        return String.format(
                Locale.ROOT,
                "{\"name\": \"%s\", \"batch\": %d, \"dtype\": \"%s\", \"executor\": \"%s\", \"imagesPerSecond\": %.2f,"
                        + " \"steps\": %d%s}",
                name,
                batch,
                dtype,
                executor,
                imagesPerSecond,
                steps,
                memory);
    }

    /** Heading of {@link #toRow}. */
    public static String heading() {
        return String.format("%-22s %5s %6s %14s  %s", "figure", "batch", "dtype", "images/s", "resident MiB");
    }

    /** A row of a table; the memory of a long run as its range. */
    public String toRow() {
        return String.format(
                Locale.ROOT, "%-22s %5d %6s %14.1f  %s", name, batch, dtype, imagesPerSecond, memoryText());
    }

    private String memoryText() {
        if (residentMebibytes.size() < 2) {
            return residentMebibytes.stream().map(String::valueOf).collect(Collectors.joining());
        }
        return residentMebibytes.get(0) + " to " + residentMebibytes.get(residentMebibytes.size() - 1);
    }
}
