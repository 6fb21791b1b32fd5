package io.lensmill.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.cli.Lensmill;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.reports.estimates.RealismFigures;
import io.lensmill.reports.estimates.RealismMetric;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void allNumbersAgreeWithTheReference() throws Exception {
        // Given
        JsonNode expected = JSON.readTree(Files.readString(reference("expected.json")));
        // When
        int exit = metrics(
                "--probabilities",
                reference("probabilities.npy").toString(),
                "--labels",
                reference("labels.npy").toString(),
                "--features-real",
                reference("features-real.npy").toString(),
                "--features-generated",
                reference("features-generated.npy").toString(),
                "--json");
        // Then
        assertThat(exit).isZero();
        JsonNode found = JSON.readTree(out.toString());
        for (int k = 0; k < 3; k++) {
            double auc = expected.at("/auc_one_vs_rest/" + k).doubleValue();
            assertThat(value(found, "/auc/" + k)).isCloseTo(auc, within(1e-10));
            assertThat(value(found, "/aucBounds/" + k)).isCloseTo(auc, within(1e-4));
            assertThat(auc)
                    .isBetween(
                            found.at("/aucBounds/" + k + "/lower").doubleValue(),
                            found.at("/aucBounds/" + k + "/upper").doubleValue());
        }
        assertThat(value(found, "/aucMacro"))
                .isCloseTo(expected.at("/auc_macro").doubleValue(), within(1e-10));
        assertThat(value(found, "/accuracy")).isCloseTo(expected.at("/accuracy").doubleValue(), within(1e-12));
        assertThat(found.at("/confusion/value")).isEqualTo(expected.at("/confusion"));
        assertThat(value(found, "/fid")).isCloseTo(expected.at("/fid").doubleValue(), within(1e-4));
        assertThat(Double.parseDouble(found.at("/fidFloor/parameters/distanceOfHalvesInFileOrder")
                        .textValue()))
                .isCloseTo(expected.at("/fid_real_halves").doubleValue(), within(1e-6));
        assertThat(value(found, "/kid"))
                .isCloseTo(expected.at("/kid_unbiased_poly3").doubleValue(), within(1e-9));
        for (String bandwidth : List.of("2", "4", "8", "16")) {
            double own = expected.at("/rke_mc_generated/" + bandwidth + ".0").doubleValue();
            double real = expected.at("/rke_mc_real/" + bandwidth + ".0").doubleValue();
            double relative = expected.at("/rrke_all/" + bandwidth + ".0").doubleValue();
            assertThat(value(found, "/rke/" + bandwidth + "/exact")).isCloseTo(own, within(own * 1e-6));
            assertThat(value(found, "/rkeReference/" + bandwidth + "/exact")).isCloseTo(real, within(real * 1e-6));
            assertThat(value(found, "/rrke/" + bandwidth + "/exact")).isCloseTo(relative, within(1e-5));
            assertThat(value(found, "/rke/" + bandwidth + "/sketch")).isCloseTo(own, within(own * 0.1));
        }
        assertThat(value(found, "/fidInfinity")).isBetween(90.0, value(found, "/fid"));
        assertThat(value(found, "/memorisation")).isZero();
        assertThat(value(found, "/calibrationError")).isCloseTo(0.1292786129415035, within(1e-9));
        assertThat(found.at("/rke/2/exact/status").textValue()).isEqualTo("TOO_FEW");
        assertThat(found.at("/fid/status").textValue()).isEqualTo("OK");
        assertThat(found.at("/fid/n").longValue()).isEqualTo(900);
        assertThat(found.at("/rke/auto/exact/parameters/bandwidth").asDouble()).isBetween(14.0, 16.0);
        List<String> named = new ArrayList<>();
        found.at("/figures").forEach(figure -> named.add(figure.get("name").textValue()));
        assertThat(named).contains("auc", "aucMacro", "accuracy", "calibrationError");
        for (RealismMetric metric : RealismFigures.METRICS) {
            assertThat(named).contains(metric.description().name());
        }
    }

    @Test
    void whatIsLeftOutIsNotPrinted() throws Exception {
        // Given
        Path generated = write("g.npy", 40, 3, 1);
        // When
        int exit = metrics("--features-generated", generated.toString(), "--bandwidths", "2,auto", "--json");
        // Then
        assertThat(exit).isZero();
        JsonNode found = JSON.readTree(out.toString());
        assertThat(names(found)).containsExactly("rke", "figures");
        assertThat(found.at("/figures/0/name").textValue()).isEqualTo("rkeModeCount");
        assertThat(value(found, "/rke/2/exact")).isPositive();
        assertThat(found.at("/rke/auto/exact/value").isNull()).isTrue();
        assertThat(found.at("/rke/auto/exact/status").textValue()).isEqualTo("NO_REFERENCE");
    }

    @Test
    void smallSetsSayThatTheyAreSmall() throws Exception {
        // Given
        Path one = write("one.npy", 1, 30, 1);
        Path few = write("few.npy", 30, 30, 2);
        // When
        metrics("--features-real", few.toString(), "--features-generated", one.toString(), "--json");
        // Then
        JsonNode found = JSON.readTree(out.toString());
        for (String name : List.of("fid", "fidInfinity", "kid")) {
            assertThat(found.at("/" + name + "/value").isNull()).as(name).isTrue();
            assertThat(found.at("/" + name + "/status").textValue()).as(name).isEqualTo("TOO_FEW");
            assertThat(found.at("/" + name + "/reason").textValue()).as(name).contains("got 1");
        }
        assertThat(found.at("/fidFloor/status").textValue()).isEqualTo("RANK_DEFICIENT");
        assertThat(found.at("/memorisation/status").textValue()).isEqualTo("TOO_FEW");
    }

    @Test
    void aClassWithoutImagesHasNoArea() throws Exception {
        // Given
        Path probabilities = array("p.npy", 2, 3, 0.5f, 0.3f, 0.2f, 0.1f, 0.8f, 0.1f);
        Path labels = array("y.npy", 2, 1, 0, 1);
        // When
        metrics("--probabilities", probabilities.toString(), "--labels", labels.toString(), "--json");
        // Then
        JsonNode found = JSON.readTree(out.toString());
        assertThat(found.at("/auc/2/status").textValue()).isEqualTo("ONE_CLASS");
        assertThat(found.at("/auc/2/value").isNull()).isTrue();
        assertThat(found.at("/aucMacro/status").textValue()).isEqualTo("ONE_CLASS");
        assertThat(value(found, "/auc/0")).isEqualTo(1);
        assertThat(found.at("/auc/0/status").textValue()).isEqualTo("TOO_FEW");
    }

    @Test
    void theTableHasEightyColumnsAndItsReasons() throws Exception {
        // Given
        Path real = write("r.npy", 200, 4, 3);
        Path generated = write("g.npy", 150, 4, 4);
        // When
        int exit = metrics("--features-real", real.toString(), "--features-generated", generated.toString());
        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("150 generated, 200 real, 4 dimensions", "FID infinity", "*1 TOO_FEW");
        assertThat(out.toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(err.toString()).contains("metrics: ");
    }

    @Test
    void refusalsNameOptionAllowedAndGot() throws Exception {
        // Given
        Path wide = write("wide.npy", 5, 4, 1);
        Path narrow = write("narrow.npy", 5, 3, 1);
        Path nan = array("nan.npy", 1, 2, 1, Float.NaN);
        Path probabilities = array("p.npy", 2, 2, 0.5f, 0.5f, 0.1f, 0.9f);
        Path beyond = array("beyond.npy", 1, 2, 0.5f, 1.5f);
        Path labels = array("y.npy", 2, 1, 0, 2);
        Path text = Files.writeString(folder.resolve("text.npy"), "no array");
        // When / Then
        refused(
                "--features-generated must have the 4 dimensions of --features-real; got 3.",
                "--features-real",
                wide,
                "--features-generated",
                narrow);
        refused("--features-real must be finite numbers; got NaN in row 0, column 1.", "--features-real", nan);
        refused(
                "--probabilities must be in [0, 1]; got 1.5 in row 0, column 1.",
                "--probabilities",
                beyond,
                "--labels",
                labels);
        refused(
                "--labels must be whole numbers from 0 to 1; got 2.0 at place 1.",
                "--probabilities",
                probabilities,
                "--labels",
                labels);
        refused(
                "--labels must have the shape [5], one label per row of --probabilities; got [2, 1].",
                "--probabilities",
                array("many.npy", 5, 2, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f),
                "--labels",
                labels);
        refused("--features-real: " + text, "--features-real", text);
        refused(
                "--probabilities, row 1: The probabilities must sum to 1; got 0.98",
                "--probabilities",
                array("p98.npy", 2, 2, 0.5f, 0.5f, 0.49f, 0.49f),
                "--labels",
                labels);
        refused(
                "archive.npz is a .npz file, which holds several arrays; one .npy file is needed.",
                "--features-real",
                Files.write(folder.resolve("archive.npz"), new byte[] {'P', 'K', 3, 4, 0, 0}));
    }

    /** Values so large, or so far from 0 for their spread, that double precision keeps nothing of their differences. */
    @ParameterizedTest
    @CsvSource({"0, 1e60", "1e6, 1e-3", "0, 1e80", "0, 1e200", "1e300, 1e300", "1e15, 1"})
    void whatDoublePrecisionCannotHoldIsNullWithItsReason(double offset, double scale) throws Exception {
        // Given
        Path real = doubles("real.npy", 60, 5, 1, offset, scale);
        Path generated = doubles("generated.npy", 50, 5, 2, offset, scale);
        // When
        int exit = metrics(
                "--features-real",
                real.toString(),
                "--features-generated",
                generated.toString(),
                "--bandwidths",
                "auto",
                "--json");
        // Then
        assertThat(exit).isZero();
        JsonNode figures = JSON.readTree(out.toString());
        assertThat(figures.get("kid").get("value").isNull()).isTrue();
        assertThat(figures.get("kid").get("status").asText()).isEqualTo("RANK_DEFICIENT");
        assertThat(figures.get("kid").get("reason").asText()).isNotEmpty();
        for (JsonNode figure : figures.get("figures")) {
            JsonNode estimate = figure.get("estimate");
            assertThat(!estimate.get("value").isNull()
                            || !estimate.get("status").asText().equals("OK"))
                    .as(figure.toString())
                    .isTrue();
        }
    }

    private Path doubles(String name, int rows, int columns, int seed, double offset, double scale) throws IOException {
        Random random = new Random(seed);
        ByteBuffer values = ByteBuffer.allocate(8 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows * columns; i++) {
            values.putDouble(offset + scale * random.nextGaussian());
        }
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
        String padded = header + " ".repeat(63 - (header.length() + 10) % 64) + "\n";
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        file.write(padded.length() & 0xff);
        file.write(padded.length() >> 8);
        file.write(padded.getBytes(StandardCharsets.US_ASCII));
        file.write(values.array());
        return Files.write(folder.resolve(name), file.toByteArray());
    }

    private void refused(String reason, Object... arguments) {
        List<String> line = new ArrayList<>();
        for (Object argument : arguments) {
            line.add(argument.toString());
        }
        assertThat(metrics(line.toArray(String[]::new))).isEqualTo(1);
        assertThat(err.toString()).contains(reason);
    }

    private int metrics(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "metrics";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return Lensmill.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(line);
    }

    private static double value(JsonNode found, String pointer) {
        JsonNode value = found.at(pointer + "/value");
        assertThat(value.isNumber()).as(pointer).isTrue();
        return value.doubleValue();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private Path reference(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = MetricsCommandTest.class.getResourceAsStream("/metrics/" + name)) {
            return Files.write(file, in.readAllBytes());
        }
    }

    private Path write(String name, int rows, int columns, long seed) throws IOException {
        return write(name, rows, columns, seed, 0);
    }

    /** Normal rows; with a constant, that alone. */
    private Path write(String name, int rows, int columns, long seed, float constant) throws IOException {
        Random random = new Random(seed);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = constant != 0 ? constant : (float) random.nextGaussian();
        }
        return array(name, rows, columns, values);
    }

    private Path array(String name, int rows, int columns, float... values) throws IOException {
        return Files.write(folder.resolve(name), NpyCodec.encode(new FloatImage(rows, columns, values)));
    }
}
