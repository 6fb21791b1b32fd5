package io.lensmill.classifier.scoring;

import io.lensmill.contracts.ClassNames;
import io.lensmill.contracts.Printable;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import java.util.List;

/** A sender's label in the model's spelling. */
public final class Labels {

    private Labels() {}

    /**
     * @param label as the sender wrote it, or null
     * @param classes class names of the model
     * @return the class that is meant, or null for no label
     * @throws RefusedException UNKNOWN_CLASS when it is neither a class of the model nor an alias of one
     */
    public static String normalise(String label, List<String> classes) throws RefusedException {
        if (label == null || label.isBlank()) {
            return null;
        }
        return ClassNames.among(label, classes)
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.UNKNOWN_CLASS,
                        "The label " + Printable.quoted(label) + " is no class of the model. Valid labels: "
                                + String.join(", ", classes) + " and their aliases; leave it out when unknown."));
    }
}
