package io.lensmill.cli.command;

import io.lensmill.cli.connection.Connection;
import io.lensmill.cli.connection.ConnectionOptions;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.JobWatch;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.GenerationRequest;
import io.lensmill.contracts.SampleFormat;
import io.lensmill.contracts.Sampler;
import io.lensmill.contracts.StepSpacing;
import io.lensmill.contracts.Topics;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lensmill generate}: sends a generation request. */
@Command(
        name = "generate",
        description = "Ask the diffusion worker for generated images. They go into the object store, and through the"
                + " classifier into the reports.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill generate --count 256 --collection made/first \\",
            "      --reference survey/night-1 --wait",
            "  lensmill generate --count 64 --sampler ddpm --steps 1000 --seed 3",
            "  lensmill generate --count 64 --sampler dpm_solver_pp --steps 20 --download made"
        })
public final class GenerateCommand implements Callable<Integer> {

    private static final int MOST_IMAGES = 1_000_000;
    private static final int MOST_STEPS = 100_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--count", required = true, paramLabel = "N", description = "Images to make, 1 to 1,000,000.")
    private int count;

    @Option(
            names = "--sampler",
            paramLabel = "S",
            defaultValue = "DDIM",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Sampler sampler;

    @Option(
            names = "--steps",
            paramLabel = "K",
            defaultValue = "50",
            description = "Denoising steps. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--spacing",
            paramLabel = "P",
            defaultValue = "AS_TRAINED",
            description = "How the steps are spaced, one of ${COMPLETION-CANDIDATES}; QUADRATIC takes most where little"
                    + " noise is left, AS_TRAINED what the model's training did. Default: ${DEFAULT-VALUE}.")
    private StepSpacing spacing;

    @Option(
            names = "--eta",
            paramLabel = "E",
            defaultValue = "0",
            description = "Share of fresh noise per DDIM step, 0 to 1. Default: ${DEFAULT-VALUE}.")
    private double eta;

    @Option(
            names = "--seed",
            paramLabel = "K",
            defaultValue = "0",
            description = "Seed; the same seed gives the same images. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--class",
            paramLabel = "CLASS",
            description =
                    "Class of all images, for models trained with conditioning=class. Default: the classes in turn.")
    private String className;

    @Option(
            names = "--guidance",
            paramLabel = "W",
            defaultValue = "0",
            description = "Weight of classifier-free guidance towards each image's class, 0 to 20. Default:"
                    + " ${DEFAULT-VALUE}.")
    private double guidance;

    @Option(
            names = "--collection",
            paramLabel = "C",
            defaultValue = "generated",
            description = "Collection to report them in. Default: ${DEFAULT-VALUE}.")
    private String collection;

    @Option(
            names = "--reference",
            paramLabel = "C",
            description = "Collection of real images to compare with. Default: none.")
    private String reference;

    @Option(
            names = "--model",
            paramLabel = "ID",
            defaultValue = "latest",
            description = "Diffusion model. Default: ${DEFAULT-VALUE}.")
    private String model;

    @Option(names = "--job-id", paramLabel = "ID", description = "Id of the job. Default: a fresh one.")
    private String jobId;

    @Option(names = "--wait", description = "Wait for the end; exit code 1 when it is not success.")
    private boolean wait;

    @Option(
            names = "--download",
            paramLabel = "DIR",
            description = "Wait for the end, and write the images into this folder.")
    private Path download;

    @Option(
            names = "--formats",
            split = ",",
            paramLabel = "F",
            description = "Files beside the arrays, one per image: some of NPY, PNG, FITS. Default: none.")
    private Set<SampleFormat> formats = EnumSet.noneOf(SampleFormat.class);

    @Mixin
    private ConnectionOptions connection;

    @Override
    public Integer call() throws InterruptedException {
        Screen screen = Screen.of(spec.commandLine());
        GenerationRequest request = request();
        Connection servers = connection.resolve();
        try (Broker broker = Connecting.to(
                        spec.commandLine(), servers.requireKafka(), List.of(Topics.GENERATION_REQUESTS, Topics.JOBS));
                JobWatch watch = JobWatch.open(broker, request.getJobId())) {
            broker.send(Topics.GENERATION_REQUESTS, request.getJobId(), request);
            screen.say("Asked for " + count + " images as job " + request.getJobId() + ".");
            if (wait || download != null) {
                Waiting.forJob(screen, watch, "generating", "images");
            }
        }
        if (download != null) {
            Downloading.samples(screen, servers, request.getJobId(), download);
        }
        return CommandLine.ExitCode.OK;
    }

    private GenerationRequest request() {
        CommandLine commandLine = spec.commandLine();
        String id = jobId == null ? JobIds.fresh("generation") : jobId;
        return GenerationRequest.newBuilder()
                .setJobId(Checked.name(commandLine, "--job-id", id))
                .setModelId(Checked.name(commandLine, "--model", model))
                .setCount(Checked.range(commandLine, "--count", count, 1, MOST_IMAGES))
                .setSampler(sampler)
                .setSteps(Checked.range(commandLine, "--steps", steps, 1, MOST_STEPS))
                .setSpacing(spacing)
                .setEta(Checked.share(commandLine, "--eta", eta))
                .setSeed(seed)
                .setCollection(Checked.collection(commandLine, "--collection", collection))
                .setReference(reference == null ? null : Checked.collection(commandLine, "--reference", reference))
                .setFormats(withArrays())
                .setClassName(className)
                .setGuidance(guidance)
                .build();
    }

    /** The arrays are always written; a request says so too. */
    private List<SampleFormat> withArrays() {
        Set<SampleFormat> all = EnumSet.of(SampleFormat.NPY_BATCH);
        all.addAll(formats);
        return List.copyOf(all);
    }
}
