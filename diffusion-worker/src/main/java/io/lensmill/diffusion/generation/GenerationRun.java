package io.lensmill.diffusion.generation;

import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.diffusion.model.Conditioning;
import io.lensmill.diffusion.model.DiffusionModel;
import io.lensmill.diffusion.model.ModelsInUse;
import io.lensmill.diffusion.model.NetworkDenoiser;
import io.lensmill.diffusion.model.NetworkLanes;
import io.lensmill.diffusion.sampling.DdimSampler;
import io.lensmill.diffusion.sampling.DdpmSampler;
import io.lensmill.diffusion.sampling.DpmSolverSampler;
import io.lensmill.diffusion.sampling.NoiseSource;
import io.lensmill.diffusion.sampling.ReverseProcess;
import io.lensmill.diffusion.sampling.SampleImages;
import io.lensmill.diffusion.sampling.Sampler;
import io.lensmill.diffusion.schedule.DiffusionProcess;
import io.lensmill.diffusion.schedule.Spacing;
import io.lensmill.imaging.FloatImage;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobProgress;
import io.lensmill.jobs.JobResult;
import io.lensmill.jobs.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** One generation from its first missing batch to its manifest. */
final class GenerationRun {

    private static final Logger LOG = Logger.getLogger(GenerationRun.class);

    private final GenerationRequest request;
    private final GenerationEnvironment environment;
    private final GenerationPlan plan;
    private final ModelPublished model;
    private final DiffusionModel description;
    private final Conditioning conditioning;
    private final JobContext context;
    private final SampleWriter writer;

    GenerationRun(
            GenerationRequest request,
            GenerationEnvironment environment,
            GenerationPlan plan,
            ModelPublished model,
            DiffusionModel description,
            Conditioning conditioning,
            JobContext context) {
        this.request = request;
        this.environment = environment;
        this.plan = plan;
        this.model = model;
        this.description = description;
        this.conditioning = conditioning;
        this.context = context;
        this.writer = new SampleWriter(request, environment, plan, model, label(description, conditioning), context);
    }

    /** @param resumed whether an earlier attempt at the same request may have left batches */
    JobResult run(boolean resumed) throws Exception {
        List<SampleBatch> batches = new ArrayList<>(resumed ? writer.existing() : writer.begin());
        int made = batches.stream().mapToInt(SampleBatch::getCount).sum();
        Pace pace = new Pace(made);
        if (made < request.getCount()) {
            makeFrom(made, batches, pace);
        }
        Map<String, Double> metrics = Map.of(
                "images", (double) request.getCount(), "imagesPerSecond", pace.stepsPerSecond(request.getCount()));
        return writer.finish(batches, metrics);
    }

    private void makeFrom(int made, List<SampleBatch> batches, Pace pace) throws Exception {
        try (ModelsInUse.Lease lease = lease();
                SlicedSampling sampling = sampling(lease.lanes())) {
            LOG.infof(
                    "Job %s: %s, from image %d",
                    request.getJobId(), lease.lanes().describe(), made);
            for (int batch = batches.size(); batch < plan.batches(request.getCount()); batch++) {
                List<FloatImage> images = sample(sampling, batch, pace);
                batches.add(writer.write(batch, images));
            }
        }
    }

    private ModelsInUse.Lease lease() throws Exception {
        return context.insist(
                "Reading model " + model.getModelId(),
                () -> environment.modelsInUse().lease(model, description));
    }

    private SlicedSampling sampling(NetworkLanes lanes) {
        NetworkDenoiser denoiser = new NetworkDenoiser(lanes, conditioning);
        DiffusionProcess process = description.process();
        Spacing spacing = Spacing.valueOf(request.getSpacing().name());
        ReverseProcess reverse = new ReverseProcess(
                process,
                sampler(),
                process.schedule().steps(request.getSteps(), spacing),
                NoiseSource.seeded(request.getSeed()));
        return new SlicedSampling(reverse, denoiser, description.imageSize() * description.imageSize(), lanes.count());
    }

    private List<FloatImage> sample(SlicedSampling sampling, int batch, Pace pace) throws Exception {
        int first = batch * plan.batchSize();
        int count = plan.sizeOf(batch, request.getCount());
        float[] samples = sampling.sample(first, count, (done, total) -> {
            context.throwIfStopped();
            // A share of the batch's images stands for its share of the steps.
            report(first + (long) count * done / total, pace);
        });
        // What is written is proportional to light, whatever form the network has learnt in.
        return SampleImages.of(samples, description.imageSize()).stream()
                .map(description.preprocessing()::restore)
                .toList();
    }

    private void report(long images, Pace pace) {
        JobProgress progress =
                JobProgress.of(images, request.getCount()).withMetric("imagesPerSecond", pace.stepsPerSecond(images));
        context.report(pace.withEta(progress));
    }

    private static String label(DiffusionModel description, Conditioning conditioning) {
        return conditioning.classIndex() < 0 ? null : description.classes().get(conditioning.classIndex());
    }

    private Sampler sampler() {
        return switch (request.getSampler()) {
            case DDPM -> new DdpmSampler();
            case DDIM -> new DdimSampler(request.getEta());
            case DPM_SOLVER_PP -> new DpmSolverSampler();
        };
    }
}
