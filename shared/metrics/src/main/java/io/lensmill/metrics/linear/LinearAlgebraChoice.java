package io.lensmill.metrics.linear;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Which form of {@link LinearAlgebra} this process has: decided once, by a setting and by what can be loaded. */
final class LinearAlgebraChoice {

    private static final Logger LOG = System.getLogger(LinearAlgebraChoice.class.getName());

    private LinearAlgebraChoice() {}

    /** Loaded with the first use, so that a process that computes no metric loads no library. */
    private static final class Once {
        static final LinearAlgebra MADE = of(Setting.text(LinearAlgebra.FORM_PROPERTY, LinearAlgebra.FORM_VARIABLE));
    }

    static LinearAlgebra made() {
        return Once.MADE;
    }

    /** @param form null is {@code auto} */
    static LinearAlgebra of(String form) {
        return switch (form == null ? "auto" : form) {
            case "plain" -> new PlainAlgebra();
            case "native" -> loaded();
            case "auto" -> loadedOrPlain();
            default ->
                throw new IllegalArgumentException(
                        LinearAlgebra.FORM_PROPERTY + " must be auto, native or plain; got '" + form + "'.");
        };
    }

    private static LinearAlgebra loadedOrPlain() {
        try {
            return loaded();
        } catch (IllegalStateException e) {
            LOG.log(Level.WARNING, "Metrics are computed in Java, at a tenth of the speed: " + e.getMessage());
            return new PlainAlgebra();
        }
    }

    private static LinearAlgebra loaded() {
        try {
            return OpenBlas.load();
        } catch (LinkageError | RuntimeException e) {
            throw new IllegalStateException("OpenBLAS cannot be loaded here: " + e, e);
        }
    }
}
