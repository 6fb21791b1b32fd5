package io.lensmill.diffusion.generation;

import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.StepSpacing;
import io.lensmill.diffusion.model.Conditioning;
import io.lensmill.diffusion.model.DiffusionModel;
import io.lensmill.diffusion.sampling.NoiseSource;
import io.lensmill.diffusion.sampling.ReverseProcess;
import io.lensmill.diffusion.sampling.SamplerKind;
import io.lensmill.diffusion.schedule.DiffusionProcess;
import io.lensmill.diffusion.schedule.Spacing;

/**
 * A generation request that was checked, with everything that was decided about it: what to make, and of what.
 *
 * @param request with nothing left to the model, so that the manifest says how the images were made
 * @param plan what an earlier attempt has decided, or this one
 * @param resumed whether an earlier attempt at the same request may have left batches
 * @param model whose weights make all images
 * @param description of that model
 * @param conditioning what the network is told
 */
record GenerationOrder(
        GenerationRequest request,
        GenerationPlan plan,
        boolean resumed,
        ModelPublished model,
        DiffusionModel description,
        Conditioning conditioning) {

    GenerationOrder {
        if (request.getSpacing() == StepSpacing.AS_TRAINED) {
            request = GenerationRequest.newBuilder(request)
                    .setSpacing(StepSpacing.valueOf(description.timeSpacing().name()))
                    .build();
        }
    }

    String jobId() {
        return request.getJobId();
    }

    /** Number of images. */
    int count() {
        return request.getCount();
    }

    /** Number of batches. */
    int batches() {
        return (count() + plan.batchSize() - 1) / plan.batchSize();
    }

    /** Index of a batch's first image. */
    int firstOf(int batch) {
        return batch * plan.batchSize();
    }

    /** Images in a batch; the last may be smaller. */
    int sizeOf(int batch) {
        return Math.min(plan.batchSize(), count() - firstOf(batch));
    }

    /** Pixels of an image. */
    int pixels() {
        return description.imageSize() * description.imageSize();
    }

    /** Class that all images are made of, or null. */
    String label() {
        return conditioning.classIndex() < 0 ? null : description.classes().get(conditioning.classIndex());
    }

    /** The way from noise to images, without the network. */
    ReverseProcess reverseProcess() {
        DiffusionProcess process = description.process();
        return new ReverseProcess(
                process,
                SamplerKind.valueOf(request.getSampler().name()).sampler(request.getEta()),
                process.schedule()
                        .steps(
                                request.getSteps(),
                                Spacing.valueOf(request.getSpacing().name())),
                NoiseSource.seeded(request.getSeed()));
    }

    /** Where the samples stand. */
    SampleKeys keys() {
        return new SampleKeys(jobId());
    }
}
