package io.lensmill.jobs;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * All that a training's weights depend on beside the number of its steps: settings, seed, data, weights at the start.
 * Every checkpoint keeps it.
 *
 * @param text name=value, with blanks between; equal trainings have equal texts, in every version of the software
 */
public record CheckpointRecipe(String text) {

    /**
     * Looks whether a checkpoint may be gone on with. One of another recipe is refused and not passed over: the dataset
     * or the settings have changed while the job was under way, and only its sender can say what is meant.
     *
     * @param found the text that stands in the checkpoint, or null
     * @throws IllegalStateException when it is another; says what differs
     */
    public void requireSame(String found) {
        if (!text.equals(found)) {
            throw new IllegalStateException("The job's checkpoint cannot be gone on with: it was made with "
                    + (found == null ? "an unknown recipe" : without(found, text)) + ", the request and its dataset now"
                    + " give " + without(text, found == null ? "" : found) + ". Send the request under a new jobId.");
        }
    }

    /** What stands in one text and not in the other. */
    private static String without(String text, String other) {
        Set<String> left = parts(text);
        left.removeAll(parts(other));
        return left.isEmpty() ? "no more" : String.join(" ", left);
    }

    /** Values may hold blanks: a part begins where a name and an equals sign do. */
    private static Set<String> parts(String text) {
        return new LinkedHashSet<>(Arrays.asList(text.split(" (?=[A-Za-z]+=)")));
    }
}
