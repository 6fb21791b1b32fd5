package io.lensmill.cli.fits;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes fits in the order in which they end, and writes them in that of their images, each as soon as those before it
 * are there: what hours have found outlives an interruption. Safe for use by several threads.
 */
public final class FitLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writer writer;
    private final FitLine[] lines;
    private final boolean[] done;
    private int written;

    /**
     * @param writer of {@code fits.jsonl}; {@link Writer#nullWriter()} for none
     * @param count number of images
     */
    public FitLines(Writer writer, int count) {
        this.writer = writer;
        lines = new FitLine[count];
        done = new boolean[count];
    }

    /** The fit of an image; null where there is none. */
    public synchronized void put(int index, FitLine line) throws IOException {
        lines[index] = line;
        done[index] = true;
        for (; written < done.length && done[written]; written++) {
            if (lines[written] != null) {
                writer.write(JSON.writeValueAsString(lines[written]));
                writer.write('\n');
            }
        }
        writer.flush();
    }

    /** All fits that there are, in the order of their images. */
    public synchronized List<FitLine> all() {
        List<FitLine> all = new ArrayList<>();
        for (FitLine line : lines) {
            if (line != null) {
                all.add(line);
            }
        }
        return all;
    }
}
