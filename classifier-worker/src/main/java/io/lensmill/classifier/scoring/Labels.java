package io.lensmill.classifier.scoring;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.imaging.simulation.LensClass;
import java.util.List;
import java.util.Optional;

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
        return exact(label.strip(), classes)
                .or(() -> byAlias(label.strip(), classes))
                .orElseThrow(() -> new RefusedException(
                        RefusalCode.UNKNOWN_CLASS,
                        "The label '" + printable(label) + "' is no class of the model. Valid labels: "
                                + String.join(", ", classes) + " and their aliases; leave it out when unknown."));
    }

    private static Optional<String> exact(String label, List<String> classes) {
        return classes.stream().filter(name -> name.equalsIgnoreCase(label)).findFirst();
    }

    private static Optional<String> byAlias(String label, List<String> classes) {
        Optional<LensClass> meant = LensClass.of(label);
        return meant.flatMap(lensClass -> classes.stream()
                .filter(name -> LensClass.of(name).equals(Optional.of(lensClass)))
                .findFirst());
    }

    private static String printable(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        return clean.length() <= 80 ? clean : clean.substring(0, 80) + "…";
    }
}
