package io.lensmill.metricsworker.page.store;

import io.lensmill.storage.ObjectKey;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keys that the page may read from the object store: contact sheets of models, samples and trainings, and nothing else
 * that stands in the bucket.
 */
public final class SheetKey {

    private static final String JOB = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";
    private static final Pattern SHEET =
            Pattern.compile("(?:(?:models|samples)/" + JOB + "/contact-sheet|sheets/" + JOB + "/\\d{8})\\.png");

    private SheetKey() {}

    /** Empty for every other key. */
    public static Optional<ObjectKey> of(String text) {
        boolean sheet = text != null && SHEET.matcher(text).matches() && !text.contains("..");
        return sheet ? Optional.of(ObjectKey.of(text)) : Optional.empty();
    }
}
