package io.lensmill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private CommandLine commandLine;

    @BeforeEach
    void connectStreams() {
        commandLine = Lensmill.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    }

    @Test
    void everyCommandHasHelpWithinEightyColumns() {
        List<String> names = new ArrayList<>();
        commandLine.getSubcommands().forEach((name, sub) -> {
            names.add(name);
            assertThat(sub.getUsageMessage().lines()).as(name).allSatisfy(line -> assertThat(line.length())
                    .isLessThanOrEqualTo(80));
        });
        assertThat(names)
                .containsExactly(
                        "demo",
                        "up",
                        "simulate",
                        "preview",
                        "fit",
                        "prior",
                        "residuals",
                        "upload",
                        "collect",
                        "train",
                        "models",
                        "model",
                        "publish",
                        "classify",
                        "generate",
                        "report",
                        "label",
                        "collection",
                        "metrics",
                        "samples",
                        "jobs",
                        "help");
    }

    @Test
    void theListOfCommandsTellsOfEachInWholeSentences() {
        // The list shows the first piece of a description alone.
        assertThat(commandLine.getSubcommands()).allSatisfy((name, sub) -> {
            String[] header = sub.getCommandSpec().usageMessage().header();
            String[] shown = header.length > 0
                    ? header
                    : sub.getCommandSpec().usageMessage().description();
            assertThat(shown[0]).as(name).endsWith(".");
        });
    }

    @Test
    void helpOfTrainIsAsPinned() {
        // When
        int exit = commandLine.execute("train", "--help");
        // Then
        assertThat(exit).isZero();
        assertThat(out.toString())
                .isEqualTo(
                        """
                        Usage: lensmill train [-hV] [--wait] [--adapt-to-collection=C]
                                              [--adapt-to-dataset=NAME] [--bootstrap-servers=LIST]
                                              [--dataset=NAME] [--job-id=ID] [--kafka-properties=FILE]
                                              [--labelled-collection=C] [--labelled-dataset=NAME]
                                              [--preset=P] [--s3-access-key=KEY] [--s3-bucket=NAME]
                                              [--s3-endpoint=URL] [--s3-region=NAME]
                                              [--s3-secret-key=KEY] [--seed=K] [--start-from=MODEL]
                                              [--upload=DIR] [--set=NAME=VALUE]... TASK
                        Ask a worker to train a model on an uploaded dataset.
                              TASK                       What to train: classifier, diffusion.
                              --dataset=NAME             Dataset to train on. Default: that of the
                                                           model of --start-from, or the name of the
                                                           folder of --upload.
                              --upload=DIR               Upload this folder as the dataset first, as
                                                           'upload' does.
                              --preset=P                 Named settings; the worker lists them when it
                                                           knows no such name. Default: demo.
                              --set=NAME=VALUE           A setting that differs from the preset; may be
                                                           repeated.
                              --seed=K                   Seed of weights, data order and noise.
                                                           Default: 0.
                              --start-from=MODEL         Model whose weights the training starts from,
                                                           or object key of a safetensors file
                                                           (classifier). Default: fresh weights.
                              --labelled-collection=C    Learn also the labelled images of this
                                                           published collection, as few as there are
                                                           (classifier).
                              --labelled-dataset=NAME    Learn also the labelled images of this dataset
                                                           (classifier).
                              --adapt-to-collection=C    After the training, take the statistics of
                                                           batch normalisation from the images of this
                                                           published collection; no label is needed
                                                           (classifier).
                              --adapt-to-dataset=NAME    The same from the images of this dataset
                                                           (classifier).
                              --job-id=ID                Id of the job and the model. Default: a fresh
                                                           one.
                              --wait                     Wait for the end; exit code 1 when it is not
                                                           success.
                          -h, --help                     Show this help message and exit.
                          -V, --version                  Print version information and exit.

                        Servers (option, or environment variable; default: the running 'up'):
                              --bootstrap-servers=LIST   Kafka, host:port. LENSMILL_BOOTSTRAP_SERVERS
                              --kafka-properties=FILE    Further Kafka client settings, such as TLS and
                                                           SASL. LENSMILL_KAFKA_PROPERTIES
                              --s3-endpoint=URL          Object store. LENSMILL_STORE_ENDPOINT
                              --s3-access-key=KEY        LENSMILL_STORE_ACCESS_KEY
                              --s3-secret-key=KEY        LENSMILL_STORE_SECRET_KEY, the better way:
                                                           others can read command lines.
                              --s3-bucket=NAME           LENSMILL_STORE_BUCKET, otherwise lensmill.
                              --s3-region=NAME           LENSMILL_STORE_REGION, otherwise us-east-1.

                        Examples:
                          lensmill train classifier --dataset lenses --wait
                          lensmill train classifier --upload lenses --preset fast --wait
                          lensmill train diffusion --dataset lenses --preset smoke --seed 7 --wait
                          lensmill train classifier --dataset lenses --set epochs=20
                          lensmill train classifier --start-from ID --preset few-labels \\
                              --labelled-collection survey/night-1 --wait
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "trane",
                "train",
                "train classifier",
                "train painter --dataset d",
                "train classifier --dataset ../d",
                "train classifier --start-from a/b.safetensors",
                "train classifier --upload no-such-folder",
                "train classifier --start-from m --labelled-collection a --labelled-dataset b",
                "train classifier --start-from m --adapt-to-collection a/../b",
                "train diffusion --dataset d --adapt-to-dataset b",
                "collect a/../b --dataset d",
                "collect a",
                "generate --count 0",
                "generate --count 5 --eta 2",
                "generate --count 5 --collection a/../b",
                "simulate --count 0 --out target/never",
                "simulate --count 5 --size 4 --out target/never",
                "simulate --count 5 --model none --out target/never",
                "simulate --out target/never",
                "simulate --again pom.xml --seed 3 --out target/never",
                "preview no-such-file",
                "fit no-such-file",
                "prior",
                "residuals",
                "residuals fits.jsonl",
                "residuals no-such-file --against pom.xml",
                "residuals pom.xml --against no-such-file",
                "simulate --count 5 --prior pom.xml --model demo --out target/never",
                "fit pom.xml --rays 9",
                "fit pom.xml --pixel-scale 0",
                "fit pom.xml --model sersic",
                "preview pom.xml --count 0",
                "preview pom.xml --colours jet",
                "publish no-such-file --collection c",
                "upload no-such-folder --dataset d",
                "demo --preset huge",
                "jobs cancel ../x",
                "metrics",
                "metrics --labels pom.xml",
                "metrics --features-real no-such-file",
                "metrics --features-real pom.xml --bandwidths 2,wide",
                "metrics --features-real pom.xml --bandwidths 2,2",
                "metrics --features-real pom.xml --random-features 2",
                "metrics --features-real pom.xml --relative-rows 1"
            })
    void badCommandLineEndsWithCode2AndAReason(String line) {
        // When
        int exit = commandLine.execute(line.isEmpty() ? new String[0] : line.split(" "));
        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generate --count 5 --steps 0 | --steps must be 1 to 100000; got 0.",
                "train classifier --dataset a/b | --dataset must be 1 to 128 of [A-Za-z0-9._-]",
                "demo --preset huge | --preset must be one of [smoke, demo]; got 'huge'.",
                "metrics | Nothing to compute: give --probabilities with --labels",
                "metrics --labels pom.xml | --probabilities and --labels need each other; got --labels alone.",
                "metrics --labels x --probabilities y | --probabilities must be a readable .npy file; got y.",
                "metrics --features-real pom.xml --bandwidths 0 | --bandwidths must be numbers above 0 or 'auto'; got"
                        + " '0'."
            })
    void reasonNamesOptionAllowedValuesAndValue(String line, String reason) {
        commandLine.execute(line.split(" "));
        assertThat(err.toString()).contains(reason);
    }

    @Test
    void serverThatDoesNotAnswerEndsWithCode1AndASentence() {
        // When: port 1 is never open
        int exit = commandLine.execute(
                "upload",
                "src",
                "--dataset",
                "d",
                "--s3-endpoint",
                "http://127.0.0.1:1",
                "--s3-access-key",
                "a",
                "--s3-secret-key",
                "b");
        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("http://127.0.0.1:1").doesNotContain("at io.lensmill");
    }

    @Test
    void aFileOfWeightsThatIsNoneIsToldBeforeAnythingIsSent(@TempDir Path folder) throws IOException {
        // Given
        Path empty = Files.createFile(folder.resolve("empty.safetensors"));
        Path cut = Files.write(folder.resolve("cut.safetensors"), new byte[] {100, 0, 0, 0, 0, 0, 0, 0, '{'});
        Path pickle =
                Files.write(folder.resolve("model.pt"), new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 0, 0, 0, 0, 0});
        Path absent = folder.resolve("absent.safetensors");

        // When, Then
        for (Map.Entry<Path, String> wrong : Map.of(
                        absent, "there is no such file.",
                        folder, "it is a folder, not a file.",
                        empty, "Not a safetensors file: it is empty.",
                        cut, "its header should have 100 bytes, and only 1 follow: it was cut",
                        pickle, "it is a pickle, as older versions of torch.save write it; load it with torch.load")
                .entrySet()) {
            int exit = commandLine.execute(
                    "model", "import", wrong.getKey().toString(), "--preset", "smoke", "--dataset", "d");
            assertThat(exit).isEqualTo(1);
            assertThat(err.toString()).contains(wrong.getKey() + " cannot be used: ", wrong.getValue());
        }
    }
}
