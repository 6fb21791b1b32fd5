package io.lensmill.cli.demo;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.Topics;
import io.lensmill.imaging.Progress;
import io.lensmill.imaging.dataset.DatasetRepository;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.imaging.simulation.SimulationRequest;
import io.lensmill.imaging.simulation.SimulationWriter;
import io.lensmill.local.LocalStack;
import io.lensmill.local.LogTail;
import io.lensmill.local.Worker;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * The whole road, stage by stage: simulate, upload, train the classifier, publish, classify, train the diffusion model,
 * generate, classify what was generated, report.
 */
public final class Demo {

    static final String DATASET = "demo";
    static final String HELD_OUT = "demo/held-out";
    static final String GENERATED = "demo/generated";

    private static final int STAGES = 11;
    private static final long SEED = 20_260_101;
    /** The held-out images come from a seed of their own, so none of them is in the training set. */
    private static final long HELD_OUT_SEED = SEED + 1;

    private final DemoPreset preset;
    private final LocalStack stack;
    private final Path work;
    private final Screen screen;
    private final Stages stages;

    /**
     * @param stack not yet started; the caller closes it
     * @param work folder for what only the demo itself needs
     */
    public Demo(DemoPreset preset, LocalStack stack, Path work, Screen screen) {
        this.preset = preset;
        this.stack = stack;
        this.work = work;
        this.screen = screen;
        this.stages = new Stages(screen, STAGES);
    }

    /**
     * Walks the road and writes reports and pictures.
     *
     * @param out folder for the results
     * @return whether the accounting adds up
     * @throws StageFailure when a stage did not succeed
     */
    public boolean run(Path out) throws InterruptedException {
        try (stages) {
            stage("Start Kafka, the object store and the three workers", this::start);
            stage("Simulate lenses: %d px, substructure x10".formatted(preset.imageSize()), this::simulate);
            ObjectStore store = stage("Upload the training images to the object store", this::upload);
            try (Broker broker = Broker.connect(KafkaServers.at(stack.bootstrapServers()), Topics.ALL)) {
                Findings findings = walk(broker);
                stage("Write reports and pictures", () -> {
                    new Results(findings, stages, preset).write(out, heldOutImages(), store, broker);
                    return null;
                });
                screen.say(Summary.text(findings, stages, out));
                return findings.addsUp(BrokenImages.files().size());
            }
        }
    }

    private Findings walk(Broker broker) throws InterruptedException {
        DemoJobs jobs = new DemoJobs(broker, screen, stack::requireAlive);
        DemoImages images = new DemoImages(broker, screen, stack::requireAlive);
        String classifier = "demo-classifier";
        trained(
                "Train the classifier",
                Worker.CLASSIFIER,
                jobs,
                () -> jobs.trainClassifier(classifier, DATASET, preset.classifierPreset(), SEED));
        stage("Publish held-out images, two broken ones among them", () -> images.publish(HELD_OUT, heldOutImages()));
        stage("Wait for their classifications", Worker.CLASSIFIER, images::awaitPublished);
        trained(
                "Train the diffusion model",
                Worker.DIFFUSION,
                jobs,
                () -> jobs.trainDiffusion("demo-diffusion", DATASET, preset.diffusionPreset(), SEED));
        stage("Generate lenses and classify them", Worker.DIFFUSION, () -> {
            images.watchGenerated(GENERATED);
            jobs.generate("demo-generation", preset.generated(), preset.samplerSteps(), GENERATED, HELD_OUT, SEED);
            images.awaitGenerated(preset.generated());
            return null;
        });
        DemoReports reports = new DemoReports(broker, classifier, stack::requireAlive);
        MetricReport heldOut = stage(
                "Wait for the last report of the real images",
                Worker.METRICS,
                () -> reports.awaitCount(HELD_OUT, images.classified(), 0));
        MetricReport made = stage(
                "Wait for the last report of the generated images",
                Worker.METRICS,
                () -> reports.awaitCount(GENERATED, images.generatedClassified(), images.classified()));
        return images.findings(heldOut, made, jobs, preset.generated());
    }

    private Void start() throws Exception {
        stack.start(line -> screen.say("        " + line));
        return null;
    }

    private Void simulate() throws Exception {
        SimulationRequest training = SimulationRequest.of(
                        SimulationModel.DEMO, SEED, preset.trainPerClass(), preset.validationPerClass())
                .withSize(preset.imageSize());
        SimulationRequest heldOut = SimulationRequest.of(
                        SimulationModel.DEMO, HELD_OUT_SEED, 0, preset.heldOutPerClass())
                .withSize(preset.imageSize());
        int threads = Runtime.getRuntime().availableProcessors();
        new SimulationWriter(training).write(trainingImages(), threads, Progress.NONE);
        new SimulationWriter(heldOut).write(heldOutRoot(), threads, Progress.NONE);
        screen.say("        %d to train on, %d held out".formatted(training.total(), heldOut.total()));
        return null;
    }

    private ObjectStore upload() throws Exception {
        ObjectStore store = MinioObjectStore.connect(stack.store());
        new DatasetRepository(store).upload(trainingImages(), DATASET, Progress.NONE);
        return store;
    }

    private Path trainingImages() {
        return work.resolve("training-images");
    }

    private Path heldOutRoot() {
        return work.resolve("held-out-images");
    }

    private Path heldOutImages() {
        return heldOutRoot().resolve("val");
    }

    private <T> T stage(String name, Callable<T> body) throws InterruptedException {
        return stages.run(name, preset.stageLimit(), () -> "", body);
    }

    private <T> T stage(String name, Worker worker, Callable<T> body) throws InterruptedException {
        return stages.run(name, preset.stageLimit(), () -> logOf(worker), body);
    }

    private void trained(String name, Worker worker, DemoJobs jobs, Callable<Void> body) throws InterruptedException {
        Duration limit = preset.trainingLimit();
        stages.run(name, limit, () -> "Last event: " + jobs.lastNews() + "\n" + logOf(worker), body);
    }

    private String logOf(Worker worker) {
        Path log = stack.worker(worker) == null ? null : stack.worker(worker).log();
        return log == null ? "" : "Last lines of " + log + ":\n" + LogTail.of(log);
    }
}
