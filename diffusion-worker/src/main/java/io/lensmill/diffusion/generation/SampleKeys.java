package io.lensmill.diffusion.generation;

import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectKey;
import java.util.Locale;

/**
 * Where a job's samples stand, all derived from the job's id and an index.
 *
 * @param jobId the checked id of a generation job
 */
record SampleKeys(String jobId) {

    /** What was decided at the job's start. */
    ObjectKey plan() {
        return key("plan.json");
    }

    /** The npy array of a batch, by number of the batch. */
    ObjectKey batch(int number) {
        return key("%06d.npy", number);
    }

    /** One image as a file of its own, by index of the image. */
    ObjectKey image(int index, String extension) {
        return key("images/%07d.%s", index, extension);
    }

    ObjectKey contactSheet() {
        return key("contact-sheet.png");
    }

    /** Written last: the mark of a complete job. */
    ObjectKey manifest() {
        return key("manifest.json");
    }

    private ObjectKey key(String name, Object... parts) {
        return ObjectKey.of(BucketLayout.samplesPrefix(jobId) + String.format(Locale.ROOT, name, parts));
    }
}
