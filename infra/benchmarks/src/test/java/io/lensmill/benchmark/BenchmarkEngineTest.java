package io.lensmill.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.cli.Lensmill;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchmarkEngineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private CommandLine commandLine;

    @BeforeEach
    void connectStreams() {
        commandLine = Lensmill.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    }

    @ParameterizedTest
    @CsvSource({
        "--precision=f64, --precision must be auto",
        "--only=resnet50, --only must name some of resnet34-train-64",
        "--steps=0, --steps must be at least 1",
        "--executor=torch, expected one of"
    })
    void aWrongOptionIsNamedWithWhatIsAllowed(String option, String message) {
        // When
        int exit = commandLine.execute("benchmark", "engine", option);

        // Then
        assertThat(exit).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void aFigureIsMeasuredAndPrintedAsJson() throws Exception {
        // When
        int exit = commandLine.execute(
                "benchmark", "engine", "--json", "--only=unet-infer-32-dim32", "--steps=1", "--precision=f32");

        // Then
        assertThat(exit).as(err.toString()).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("name").asText()).isEqualTo("unet-infer-32-dim32");
        assertThat(json.path("batch").asInt()).isEqualTo(16);
        assertThat(json.path("dtype").asText()).isEqualTo("f32");
        assertThat(json.path("imagesPerSecond").asDouble()).isPositive();
    }

    @Test
    void aLongRunShowsItsMemoryFromFirstToLast() {
        Figure figure = new Figure("resnet34-train-64", 32, "bf16", "oneDNN", 123.44, 8, List.of(900L, 905L, 903L));

        assertThat(figure.toRow()).contains("123.4").contains("900 to 903").hasSizeLessThan(80);
        assertThat(figure.toJson()).contains("\"residentMebibytes\": [900, 905, 903]");
    }
}
