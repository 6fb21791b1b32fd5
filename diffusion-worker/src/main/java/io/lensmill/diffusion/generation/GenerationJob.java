package io.lensmill.diffusion.generation;

import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.RefusedException;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.diffusion.model.DiffusionModel;
import io.lensmill.diffusion.model.ModelsInUse;
import io.lensmill.diffusion.model.NetworkLanes;
import io.lensmill.diffusion.sampling.SampleImages;
import io.lensmill.imaging.FloatImage;
import io.lensmill.jobs.Job;
import io.lensmill.jobs.JobContext;
import io.lensmill.jobs.JobProgress;
import io.lensmill.jobs.JobResult;
import io.lensmill.jobs.Pace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** One generation, from the request over its first missing batch to its manifest. */
public final class GenerationJob implements Job {

    private static final Logger LOG = Logger.getLogger(GenerationJob.class);

    private final GenerationRequest request;
    private final GenerationEnvironment environment;
    private GenerationOrder order;

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
        Optional<GenerationPlan> earlier = GenerationPlan.find(environment.store(), request);
        ModelPublished model = environment
                .models()
                .require("modelId", earlier.map(GenerationPlan::modelId).orElse(request.getModelId()));
        DiffusionModel description = environment.loader().describe(model);
        GenerationChecks.requireSteps(request, description.timesteps());
        GenerationPlan plan = earlier.orElseGet(() -> new GenerationPlan(
                GenerationPlan.hashOf(request),
                model.getModelId(),
                environment.batchSizes().of(description.imageSize())));
        order = new GenerationOrder(
                request,
                plan,
                earlier.isPresent(),
                model,
                description,
                GenerationChecks.conditioning(request, description.classes()));
    }

    @Override
    public JobResult execute(JobContext context) throws Exception {
        SampleWriter writer = new SampleWriter(order, environment, context);
        List<SampleBatch> batches = new ArrayList<>(order.resumed() ? writer.existing() : writer.begin());
        int made = batches.stream().mapToInt(SampleBatch::getCount).sum();
        Pace pace = new Pace(made);
        if (made < order.count()) {
            makeMissing(batches, writer, pace, context);
        }
        Map<String, Double> metrics =
                Map.of("images", (double) order.count(), "imagesPerSecond", pace.stepsPerSecond(order.count()));
        return writer.finish(batches, metrics);
    }

    private void makeMissing(List<SampleBatch> batches, SampleWriter writer, Pace pace, JobContext context)
            throws Exception {
        try (ModelsInUse.Lease lease = lease(context);
                SlicedSampling sampling = sampling(lease.lanes())) {
            LOG.infof("Job %s: %s, from image %d", jobId(), lease.lanes().describe(), order.firstOf(batches.size()));
            for (int batch = batches.size(); batch < order.batches(); batch++) {
                batches.add(writer.write(batch, images(sampling, batch, pace, context)));
            }
        }
    }

    private ModelsInUse.Lease lease(JobContext context) throws Exception {
        return context.insist(
                "Reading model " + order.model().getModelId(),
                () -> environment.modelsInUse().lease(order.model(), order.description()));
    }

    private SlicedSampling sampling(NetworkLanes lanes) {
        return new SlicedSampling(
                order.reverseProcess(),
                (firstIndex, images, count, time) ->
                        lanes.predict(order.conditioning().request(firstIndex, images, count, time)),
                order.pixels(),
                lanes.count());
    }

    private List<FloatImage> images(SlicedSampling sampling, int batch, Pace pace, JobContext context)
            throws Exception {
        int first = order.firstOf(batch);
        int count = order.sizeOf(batch);
        float[] samples = sampling.sample(first, count, (done, total) -> {
            context.throwIfStopped();
            // A share of the batch's images stands for its share of the steps.
            long images = first + (long) count * done / total;
            JobProgress progress =
                    JobProgress.of(images, order.count()).withMetric("imagesPerSecond", pace.stepsPerSecond(images));
            context.report(pace.withEta(progress));
        });
        // What is written is proportional to light, whatever form the network has learnt in.
        return SampleImages.of(samples, order.description().imageSize()).stream()
                .map(order.description().preprocessing()::restore)
                .toList();
    }
}
