package io.lensmill.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.neural.networks.ResNet;
import io.lensmill.neural.networks.ResNetConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsFileTest {

    private static final ResNetConfig SMALL = new ResNetConfig(List.of(1, 1), 4, false, true, 0, 3);

    private final Parameters source = parameters(1);

    @ParameterizedTest
    @ValueSource(strings = {"module.", "model.", "_orig_mod.", "state_dict.network.", "backbone.module."})
    void aPrefixBeforeEveryNameIsTakenOff(String prefix) throws Exception {
        Parameters loaded = loaded(named(name -> prefix + name));

        assertThat(loaded.sha256()).isEqualTo(source.sha256());
    }

    @Test
    void namesWithoutAPrefixAreMeantWhereBothAreThere() throws Exception {
        // Given
        Map<String, Tensor> tensors = named(UnaryOperator.identity());
        parameters(2)
                .entries()
                .forEach(e ->
                        tensors.put("ema." + e.name(), Tensor.zeros(e.spec().shape())));

        // When / Then
        assertThat(loaded(tensors).sha256()).isEqualTo(source.sha256());
    }

    @Test
    void twoPrefixesAreNotChosenBetween() {
        Map<String, Tensor> tensors = named(name -> "model." + name);
        tensors.putAll(named(name -> "ema." + name));

        refused(tensors, "more than once, under the prefixes model., ema.; leave one of them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "module."})
    void torchvisionsNamesAreTakenAndItsStemHasNoBias(String prefix) throws Exception {
        // Given
        source.set("conv1.0.bias", new float[4]);
        Map<String, String> theirs = Map.of(
                "conv1.0.weight", "conv1.weight",
                "conv1.1.running_var", "bn1.running_var",
                "layer0.0.conv2.0.weight", "layer1.0.conv2.weight",
                "layer1.0.conv1.1.bias", "layer2.0.bn1.bias",
                "layer1.0.downsample.1.running_mean", "layer2.0.downsample.1.running_mean",
                "fc.weight", "fc.weight");
        Map<String, Tensor> tensors = named(name -> prefix + torchvision(name));
        tensors.remove(prefix + "conv1.bias");

        // When
        Parameters loaded = loaded(tensors);

        // Then
        theirs.forEach((ours, name) -> assertThat(tensors).as(ours).containsKey(prefix + name));
        assertThat(loaded.sha256()).isEqualTo(source.sha256());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "module."})
    void aBiasThatIsThereUnderTorchvisionsNamesIsTaken(String prefix) throws Exception {
        source.set("conv1.0.bias", new float[] {1, 2, 3, 4});

        Parameters loaded = loaded(named(name -> prefix + torchvision(name)));

        assertThat(loaded.get("conv1.0.bias").values()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void torchvisionsNamesOfAnotherNetworkAreExplained() {
        Map<String, Tensor> tensors = named(WeightsFileTest::torchvision);
        tensors.keySet().removeIf(name -> name.startsWith("layer2.0.conv2"));

        refused(
                tensors,
                "no tensor named layer2.0.conv2.weight; it has conv1.weight, conv1.bias, bn1.weight and ",
                "Names of torchvision's ResNets are taken, but the network must have the same blocks");
    }

    @Test
    void whatIsMissingAndWhatIsThereIsShown() {
        refused(
                Map.of("encoder.weight", Tensor.zeros(1)),
                "The file has no tensor named conv1.0.weight, and lacks ",
                " of the network's ",
                "it has encoder.weight");
        Map<String, Tensor> incomplete = named(name -> "module." + name);
        incomplete.remove("module.fc.bias");
        refused(incomplete, "The file has no tensor named module.fc.bias; it has module.conv1.0.weight, ");
    }

    @Test
    void numbersThatAreNoWeightsAreNamed() {
        float[] variance = new float[4];
        variance[2] = -1e-3f;
        refused(
                with("conv1.1.running_var", new Tensor(variance, 4)),
                "conv1.1.running_var (F32 [4]) has -0.001 as its number 3; a variance must be 0 or more");
        refused(
                with("fc.bias", new Tensor(new float[] {0, Float.NaN, 0}, 3)),
                "fc.bias (F32 [3]) has NaN as its number 2 in float32; weights must be finite");
    }

    @Test
    void aWrongNumberOfClassesAndColoursIsExplained() {
        refused(
                with("fc.weight", Tensor.zeros(1000, 8)),
                "fc.weight must have the shape [3, 8]; the file has [1000, 8] (its network tells 1000 classes,"
                        + " this one 3)");
        refused(
                with("conv1.0.weight", Tensor.zeros(4, 3, 7, 7)),
                "conv1.0.weight must have the shape [4, 1, 7, 7]; the file has [4, 3, 7, 7] (its network takes three"
                        + " colours");
    }

    @Test
    void weightsAreNotChangedWhenOneOfThemIsRefused() {
        Parameters target = parameters(2);
        String before = target.sha256();
        byte[] file = Safetensors.write(with("fc.bias", new Tensor(new float[] {0, Float.NaN, 0}, 3)), Map.of());

        assertThatThrownBy(() -> target.loadSafetensors(file)).isInstanceOf(IOException.class);

        assertThat(target.sha256()).isEqualTo(before);
    }

    @Test
    void halvesAreTakenAndCountersPassedOverAndWholeNumbersRefused() throws Exception {
        // Given
        Parameters zeros = parameters(1);
        zeros.entries().forEach(e -> zeros.set(e.name(), new float[e.spec().size()]));

        // When
        Parameters target = parameters(2);
        target.loadSafetensors(zeros(zeros, "F16", 2));

        // Then
        assertThat(target.sha256()).isEqualTo(zeros.sha256());
        assertThatThrownBy(() -> target.loadSafetensors(zeros(zeros, "I16", 2)))
                .hasMessage("conv1.0.weight is I16 [4, 1, 7, 7]; weights must be F32, F16, BF16 or F64");
    }

    /** All parameters as zeros of a type, and a counter of PyTorch's batch normalisation. */
    private static byte[] zeros(Parameters parameters, String type, int width) {
        StringBuilder header = new StringBuilder(
                "{\"conv1.1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[]," + "\"data_offsets\":[0,8]}");
        int end = 8;
        for (Parameters.Entry entry : parameters.entries()) {
            int next = end + width * entry.spec().size();
            header.append(",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(entry.name(), type, Arrays.toString(entry.spec().shape()), end, next));
            end = next;
        }
        byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + end)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    /** Written down apart from the code under test. */
    private static String torchvision(String name) {
        return name.replace("layer1.", "layer2.")
                .replace("layer0.", "layer1.")
                .replaceAll("conv(\\d)\\.0\\.", "conv$1.")
                .replaceAll("conv(\\d)\\.1\\.", "bn$1.");
    }

    private Map<String, Tensor> with(String name, Tensor tensor) {
        Map<String, Tensor> tensors = named(UnaryOperator.identity());
        tensors.put(name, tensor);
        return tensors;
    }

    private Map<String, Tensor> named(UnaryOperator<String> naming) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        source.entries().forEach(e -> tensors.put(naming.apply(e.name()), source.get(e.name())));
        return tensors;
    }

    private static void refused(Map<String, Tensor> tensors, String... words) {
        assertThatThrownBy(() -> loaded(tensors))
                .isInstanceOf(IOException.class)
                .message()
                .contains(words);
    }

    private static Parameters loaded(Map<String, Tensor> tensors) throws IOException {
        Parameters target = parameters(2);
        target.loadSafetensors(Safetensors.write(tensors, Map.of()));
        return target;
    }

    private static Parameters parameters(long seed) {
        Parameters parameters = Parameters.of(ResNet.define(SMALL));
        parameters.initialise(seed);
        return parameters;
    }
}
