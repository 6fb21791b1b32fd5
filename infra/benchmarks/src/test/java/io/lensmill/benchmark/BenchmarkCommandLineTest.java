package io.lensmill.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.cli.Lensmill;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchmarkCommandLineTest {

    private final StringWriter err = new StringWriter();
    private CommandLine commandLine;

    @BeforeEach
    void connectStreams() {
        commandLine = Lensmill.commandLine().setErr(new PrintWriter(err));
    }

    @Test
    void theCommandFindsTheBenchmarksAndListsThemLastBeforeItsHelp() {
        assertThat(commandLine.getSubcommands().keySet())
                .startsWith("demo", "up")
                .endsWith("jobs", "benchmark", "help");
    }

    @Test
    void everyBenchmarkHasHelpWithinEightyColumns() {
        // Given
        CommandLine benchmark = commandLine.getSubcommands().get("benchmark");
        // Then
        assertThat(benchmark.getUsageMessage().lines()).allMatch(line -> line.length() <= 80);
        assertThat(benchmark.getCommandSpec().usageMessage().description()[0]).endsWith(".");
        assertThat(benchmark.getSubcommands())
                .containsOnlyKeys("engine", "fit", "metrics", "metrics-road", "road", "sampling")
                .allSatisfy((name, sub) ->
                        assertThat(sub.getUsageMessage().lines()).as(name).allMatch(line -> line.length() <= 80));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "benchmark",
                "benchmark fit --images 0",
                "benchmark fit --model nfw",
                "benchmark metrics --rows 1",
                "benchmark metrics-road --rate 0",
                "benchmark metrics-road --minutes 0",
                "benchmark metrics-road --dimensions 4096",
                "benchmark metrics-road --collections 0"
            })
    void badCommandLineEndsWithCode2AndAReason(String line) {
        // When
        int exit = commandLine.execute(line.split(" "));
        // Then
        assertThat(exit).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("Exception");
    }
}
