package io.lensmill.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class BackendTest {

    @Test
    void aMissingDriverIsOneSentence() {
        // Given: what ND4J's CUDA backend prints on a machine without a GPU
        String said =
                """
                java.lang.UnsatisfiedLinkError: /home/a/.javacpp/cache/libjnicudart.so: libcuda.so.1: \
                cannot open shared object file
                \tat java.base/jdk.internal.loader.NativeLibraries.load(Native Method)
                """;

        // When, Then
        assertThat(Backend.sentence(said))
                .isEqualTo(
                        "This build can use CUDA, but no GPU with its driver was found (libjnicudart.so: libcuda.so.1:"
                                + " cannot open shared object file): networks run on the CPU");
        assertThat(Backend.sentence("")).contains("(no CUDA device)");
    }

    @Test
    void standardErrorIsGivenBackEvenAfterAFailure() {
        // Given
        PrintStream before = System.err;

        // When
        String said = Backend.standardErrorOf(() -> System.err.print("trace"));

        // Then
        assertThat(said).isEqualTo("trace");
        assertThatThrownBy(() -> Backend.standardErrorOf(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        assertThat(System.err).isSameAs(before);
    }
}
