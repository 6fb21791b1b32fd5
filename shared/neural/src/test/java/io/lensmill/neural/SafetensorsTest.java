package io.lensmill.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.neural.deeplearning4j.Deeplearning4jZip;
import io.lensmill.neural.engine.Executors;
import io.lensmill.neural.networks.ResNet;
import io.lensmill.neural.networks.ResNetConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SafetensorsTest {

    private static final ResNetConfig SMALL = new ResNetConfig(List.of(1, 1), 4, false, true, 0, 3);

    @Test
    void weightsGoOutAndComeBack() throws Exception {
        // Given
        Network source = network(1);
        Network target = network(2);

        // When
        target.parameters().loadSafetensors(source.parameters().toSafetensors(Map.of("modelId", "m")));

        // Then
        assertThat(target.parameters().sha256()).isEqualTo(source.parameters().sha256());
        assertThat(network(2).parameters().sha256())
                .isNotEqualTo(source.parameters().sha256());
    }

    @Test
    void aMissingTensorAndAWrongShapeAreNamed() {
        byte[] empty = Safetensors.write(Map.of(), Map.of());
        byte[] wrong = Safetensors.write(replaced("fc.weight", Tensor.zeros(3, 5)), Map.of());

        assertThatThrownBy(() -> network(1).parameters().loadSafetensors(empty))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no tensor named conv1.0.weight");
        assertThatThrownBy(() -> network(1).parameters().loadSafetensors(wrong))
                .hasMessage("fc.weight must have the shape [3, 8]; the file has [3, 5]");
    }

    @Test
    void damagedFilesAreReadOrRefusedButNeverFailOtherwise() {
        // Given
        byte[] original = network(1).parameters().toSafetensors(Map.of("a", "b"));
        Random random = new Random(5);

        for (int i = 0; i < 20_000; i++) {
            // When
            byte[] mutant = Arrays.copyOf(original, random.nextInt(3) == 0 ? random.nextInt(2000) : original.length);
            for (int k = 0; k < 3 && mutant.length > 0; k++) {
                mutant[random.nextInt(Math.min(mutant.length, 1500))] = (byte) random.nextInt(256);
            }
            Throwable thrown = catchThrowable(() -> Safetensors.read(mutant));

            // Then
            assertThat(thrown == null || thrown instanceof IOException)
                    .as("mutant %d: %s", i, thrown)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(ExecutorUnderTest.class)
    void theDeeplearning4jZipHoldsTheSameNetwork(ExecutorUnderTest executor, @TempDir Path folder) throws Exception {
        // Given
        Network network = executor.open(ResNet.define(SMALL));
        network.initialise(1);
        Tensor images = Tensor.zeros(2, 8, 8, 1);
        new CounterRandom(3).fillGaussian(images.values());
        Path zip = folder.resolve("model.zip");

        // When
        Deeplearning4jZip.write(network, zip);
        var restored = ModelSerializer.restoreComputationGraph(zip.toFile(), false);

        // Then
        assertThat(Files.size(zip)).isPositive();
        INDArray input = Nd4j.createFromArray(images.values()).reshape('c', 2, 8, 8, 1);
        float[] logits = restored.feedForward(new INDArray[] {input}, false)
                .get("logits")
                .dup()
                .data()
                .asFloat();
        assertThat(network.infer(Map.of("image", images)).get("logits").values())
                .containsExactly(logits, within(1e-5f));
    }

    private static Network network(long seed) {
        Network network = Executors.best(ResNet.define(SMALL));
        network.initialise(seed);
        return network;
    }

    private static Map<String, Tensor> replaced(String name, Tensor tensor) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Parameters parameters = network(1).parameters();
        parameters.entries().forEach(e -> tensors.put(e.name(), parameters.get(e.name())));
        tensors.put(name, tensor);
        return tensors;
    }
}
