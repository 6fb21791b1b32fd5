package io.lensmill.diffusion.generation;

import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.Names;
import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;

/** Checks of a generation request, each with the field, the allowed values and the value got. */
final class GenerationChecks {

    static final int MAX_COUNT = 1_000_000;

    private GenerationChecks() {}

    /** What can be checked without knowing the model. */
    static void requireFields(GenerationRequest request) throws RefusedException {
        require(
                request.getCount() >= 1 && request.getCount() <= MAX_COUNT,
                "count must be 1 to " + MAX_COUNT + "; got " + request.getCount());
        require(request.getSteps() >= 1, "steps must be at least 1; got " + request.getSteps());
        // Written so that NaN is refused too.
        require(request.getEta() >= 0 && request.getEta() <= 1, "eta must be 0 to 1; got " + request.getEta());
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

    private static void require(boolean holds, String rule) throws RefusedException {
        if (!holds) {
            throw new RefusedException(RefusalCode.INVALID_PARAMETER, rule + ".");
        }
    }
}
