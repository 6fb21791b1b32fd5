package io.lensmill.cli.command;

import io.lensmill.cli.metrics.ArrayFile;
import io.lensmill.cli.metrics.FiguresJson;
import io.lensmill.cli.metrics.FileClassification;
import io.lensmill.cli.metrics.FileRealism;
import io.lensmill.cli.metrics.Steps;
import io.lensmill.cli.report.MetricsTable;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.Progress;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.metrics.realism.Bandwidth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.ejml.data.DMatrixRMaj;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lensmill metrics}: the metrics of arrays in files, without servers. */
@Command(
        name = "metrics",
        description = {
            "Compute metrics of .npy arrays, without any server: AUC, accuracy and calibration of class"
                    + " probabilities; FID, KID, RKE, RRKE, a memorisation check and all else that reports tell of"
                    + " embeddings. What is left out"
                    + " is not computed. Numbers in doubt are marked, with the reason."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill metrics --probabilities p.npy --labels y.npy",
            "  lensmill metrics --features-real r.npy --features-generated g.npy",
            "  lensmill metrics --features-generated g.npy --bandwidths 8 --json"
        })
public final class MetricsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--probabilities",
            paramLabel = "FILE",
            description = "Class probabilities [n,k] in [0, 1], a row per image. Needs --labels.")
    private Path probabilities;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "True classes [n], whole numbers from 0 to k-1. Needs --probabilities.")
    private Path labels;

    @Option(
            names = "--features-real",
            paramLabel = "FILE",
            description = "Embeddings [m,d] of real images; for the memorisation check those that the generator was"
                    + " trained on.")
    private Path featuresReal;

    @Option(
            names = "--features-generated",
            paramLabel = "FILE",
            description = "Embeddings [n,d] of generated images, from the same network.")
    private Path featuresGenerated;

    @Option(
            names = "--bandwidths",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "LIST",
            defaultValue = "2,4,8,16,auto",
            description = "Bandwidths of the kernels behind RKE and RRKE, in units of the embedding; auto: the median"
                    + " distance of the real rows. Default: ${DEFAULT-VALUE}.")
    private List<String> bandwidths;

    @Option(
            names = "--random-features",
            paramLabel = "R",
            defaultValue = "256",
            description = "Frequencies of the sketches, 3 to 4096. Default: ${DEFAULT-VALUE}.")
    private int randomFeatures;

    @Option(
            names = "--relative-rows",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Rows per side of the exact RRKE at most, 2 to 20000; its time grows with the cube."
                    + " Default: ${DEFAULT-VALUE}.")
    private int relativeRows;

    @Option(
            names = "--seed",
            paramLabel = "K",
            defaultValue = "1",
            description = "Seed of all draws. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        FileRealism.Settings settings = checked();
        Screen screen = Screen.of(spec.commandLine());
        FileClassification classification = classification();
        FileRealism realism = realism(screen, settings);
        screen.say(json ? FiguresJson.of(classification, realism) : MetricsTable.of(classification, realism));
        return CommandLine.ExitCode.OK;
    }

    private FileRealism.Settings checked() {
        if (probabilities == null && labels == null && featuresReal == null && featuresGenerated == null) {
            throw refused("Nothing to compute: give --probabilities with --labels, or --features-real,"
                    + " --features-generated or both.");
        }
        if ((probabilities == null) != (labels == null)) {
            throw refused("--probabilities and --labels need each other; got "
                    + (labels == null ? "--probabilities" : "--labels") + " alone.");
        }
        requireFile("--probabilities", probabilities);
        requireFile("--labels", labels);
        requireFile("--features-real", featuresReal);
        requireFile("--features-generated", featuresGenerated);
        Checked.range(spec.commandLine(), "--random-features", randomFeatures, 3, 4096);
        Checked.range(spec.commandLine(), "--relative-rows", relativeRows, 2, 20_000);
        return new FileRealism.Settings(kernels(), randomFeatures, relativeRows, seed);
    }

    private List<Bandwidth> kernels() {
        try {
            List<Bandwidth> parsed = Bandwidth.parseAll("--bandwidths", bandwidths);
            if (parsed.stream().map(Bandwidth::name).distinct().count() < parsed.size()) {
                throw refused("--bandwidths must differ; got " + String.join(",", bandwidths) + ".");
            }
            return parsed;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void requireFile(String option, Path file) {
        if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
            throw refused(option + " must be a readable .npy file; got " + file + ".");
        }
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private FileClassification classification() {
        if (probabilities == null) {
            return null;
        }
        DMatrixRMaj scores = ArrayFile.probabilities("--probabilities", probabilities);
        int[] classes = ArrayFile.labels("--labels", labels, scores.numRows, scores.numCols);
        return FileClassification.of(scores, classes);
    }

    private FileRealism realism(Screen screen, FileRealism.Settings settings) {
        if (featuresReal == null && featuresGenerated == null) {
            return null;
        }
        DMatrixRMaj real = featuresReal == null ? null : ArrayFile.features("--features-real", featuresReal);
        DMatrixRMaj generated =
                featuresGenerated == null ? null : ArrayFile.features("--features-generated", featuresGenerated);
        if (real != null && generated != null && real.numCols != generated.numCols) {
            throw new CommandFailure("--features-generated must have the " + real.numCols
                    + " dimensions of --features-real; got " + generated.numCols + ".");
        }
        long steps = FileRealism.steps(real != null, generated != null, settings);
        try (Progress progress = screen.progress("metrics", "steps", steps)) {
            return FileRealism.of(real, generated, settings, new Steps(progress));
        }
    }
}
