package io.lensmill.diffusion.generation;

import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.diffusion.model.Conditioning;
import io.lensmill.imaging.simulation.LensClass;
import java.util.List;

/** Checks of a generation request, each with the field, the allowed values and the value got. */
final class GenerationChecks {

    static final int MAX_COUNT = 1_000_000;
    private static final int MAX_GUIDANCE = 20;

    private GenerationChecks() {}

    /** What can be checked without knowing the model. */
    static void requireFields(GenerationRequest request) throws RefusedException {
        require(
                request.getCount() >= 1 && request.getCount() <= MAX_COUNT,
                "count must be 1 to " + MAX_COUNT + "; got " + request.getCount());
        require(request.getSteps() >= 1, "steps must be at least 1; got " + request.getSteps());
        // Written so that NaN is refused too.
        require(request.getEta() >= 0 && request.getEta() <= 1, "eta must be 0 to 1; got " + request.getEta());
        require(
                request.getGuidance() >= 0 && request.getGuidance() <= MAX_GUIDANCE,
                "guidance must be 0 to " + MAX_GUIDANCE + "; got " + request.getGuidance());
        Names.requireCollection("collection", request.getCollection());
        if (request.getReference() != null) {
            Names.requireCollection("reference", request.getReference());
            require(
                    !request.getReference().equals(request.getCollection()),
                    "reference must be another collection than the generated images'; both are '"
                            + request.getCollection() + "'");
        }
    }

    /** The steps, now that the model's training is known. */
    static void requireSteps(GenerationRequest request, int timesteps) throws RefusedException {
        require(
                request.getSteps() <= timesteps,
                "steps must be 1 to " + timesteps + ", the number of time steps that the model was trained with; got "
                        + request.getSteps());
    }

    /**
     * What the network is told, now that its classes are known.
     *
     * @param classes names of the model's classes
     */
    static Conditioning conditioning(GenerationRequest request, List<String> classes) throws RefusedException {
        require(
                request.getGuidance() == 0 || !classes.isEmpty(),
                "guidance must be 0: the model was trained without classes (setting conditioning=class); got "
                        + request.getGuidance());
        if (request.getClassName() == null) {
            return Conditioning.inTurn(classes.size(), request.getGuidance());
        }
        int index = classes.indexOf(
                LensClass.of(request.getClassName()).map(LensClass::label).orElse(request.getClassName()));
        require(
                index >= 0,
                classes.isEmpty()
                        ? "className must be left out: the model was trained without classes (setting"
                                + " conditioning=class)"
                        : "className must be one of " + String.join(", ", classes) + "; got '"
                                + request.getClassName().replaceAll("\\p{Cntrl}", "?") + "'");
        return new Conditioning(classes.size(), index, request.getGuidance());
    }

    private static void require(boolean holds, String rule) throws RefusedException {
        if (!holds) {
            throw new RefusedException(RefusalCode.INVALID_PARAMETER, rule + ".");
        }
    }
}
