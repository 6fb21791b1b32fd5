package io.lensmill.diffusion.generation;

import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.StepSpacing;
import io.lensmill.diffusion.model.Conditioning;
import io.lensmill.diffusion.model.DiffusionModel;
import io.lensmill.jobs.Job;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobResult;
import java.io.IOException;
import java.util.Optional;

/** The job that a generation request asks for. */
public final class GenerationJob implements Job {

    private final GenerationRequest request;
    private final GenerationEnvironment environment;
    private Optional<GenerationPlan> earlier = Optional.empty();
    private GenerationPlan plan;
    private ModelPublished model;
    private DiffusionModel description;
    private Conditioning conditioning;

    public GenerationJob(GenerationRequest request, GenerationEnvironment environment) {
        this.request = request;
        this.environment = environment;
    }

    @Override
    public String jobId() {
        return request.getJobId();
    }

    @Override
    public JobKind kind() {
        return JobKind.GENERATION;
    }

    @Override
    public void check() throws RefusedException, IOException {
        GenerationChecks.requireFields(request);
        earlier = GenerationPlan.find(environment.store(), request);
        model = environment
                .models()
                .require("modelId", earlier.map(GenerationPlan::modelId).orElse(request.getModelId()));
        description = environment.loader().describe(model);
        GenerationChecks.requireSteps(request, description.timesteps());
        conditioning = GenerationChecks.conditioning(request, description.classes());
        plan = earlier.orElseGet(() -> new GenerationPlan(
                GenerationPlan.hashOf(request),
                model.getModelId(),
                environment.batchSizes().of(description.imageSize())));
    }

    @Override
    public JobResult execute(JobContext context) throws Exception {
        return new GenerationRun(settled(), environment, plan, model, description, conditioning, context)
                .run(earlier.isPresent());
    }

    /** The request with what it leaves to the model put in, so that the manifest says how the images were made. */
    private GenerationRequest settled() {
        if (request.getSpacing() != StepSpacing.AS_TRAINED) {
            return request;
        }
        return GenerationRequest.newBuilder(request)
                .setSpacing(StepSpacing.valueOf(description.timeSpacing().name()))
                .build();
    }
}
