package io.lensmill.neural.engine;

import io.lensmill.neural.Backend;
import io.lensmill.neural.Network;
import io.lensmill.neural.NetworkDefinition;
import io.lensmill.neural.Precision;
import io.lensmill.neural.deeplearning4j.Deeplearning4jNetwork;
import io.lensmill.neural.onednn.OneDnn;
import io.lensmill.neural.onednn.network.OneDnnNetwork;
import io.lensmill.neural.onednn.network.SlicedNetwork;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a definition runnable. */
public final class Executors {

    private static final Logger LOG = LoggerFactory.getLogger(Executors.class);
    private static final AtomicBoolean fallbackTold = new AtomicBoolean();

    private Executors() {}

    /** As the system properties say, and by default the fastest executor and precision of this machine. */
    public static Network best(NetworkDefinition definition) {
        return open(definition, EngineSettings.fromEnvironment());
    }

    /** @throws IllegalStateException when the settings name an executor or a precision that does not work here */
    public static Network open(NetworkDefinition definition, EngineSettings settings) {
        if (choose(settings) == EngineSettings.Executor.DEEPLEARNING4J) {
            return deeplearning4j(definition);
        }
        return new OneDnnNetwork(definition, settings.precision().orElseGet(Executors::fastest));
    }

    /**
     * Who computes with these settings on this machine: ONEDNN or DEEPLEARNING4J.
     *
     * @throws IllegalStateException when the settings name an executor that does not work here
     */
    public static EngineSettings.Executor choose(EngineSettings settings) {
        Backend.load();
        if (settings.executor() == EngineSettings.Executor.DEEPLEARNING4J) {
            return EngineSettings.Executor.DEEPLEARNING4J;
        }
        // oneDNN's programs work on the host's memory; on a GPU the graph is what runs there.
        Optional<String> fault =
                Nd4j.getEnvironment().isCPU() ? OneDnn.fault() : Optional.of("ND4J runs on a GPU, oneDNN on the CPU");
        return choose(settings.executor(), fault, ArmVectors.doubt());
    }

    /**
     * @param wanted AUTO or ONEDNN
     * @param fault why oneDNN cannot run here
     * @param doubt why it does not run unasked, though it can
     */
    static EngineSettings.Executor choose(
            EngineSettings.Executor wanted, Optional<String> fault, Optional<String> doubt) {
        boolean asked = wanted == EngineSettings.Executor.ONEDNN;
        if (asked && fault.isPresent()) {
            throw new IllegalStateException("The executor 'onednn' cannot be used here: " + fault.get());
        }
        Optional<String> reason = asked ? Optional.empty() : fault.or(() -> doubt);
        if (reason.isEmpty()) {
            return EngineSettings.Executor.ONEDNN;
        }
        if (!fallbackTold.getAndSet(true)) {
            LOG.warn("oneDNN is not used ({}): networks run on Deeplearning4j", reason.get());
        }
        return EngineSettings.Executor.DEEPLEARNING4J;
    }

    /**
     * As {@link #open}, for trainings: a batch goes through in slices side by side, each with one thread, to the same
     * gradients but for rounding. Without oneDNN, or as a single slice, it goes through whole.
     *
     * @param slices at least 1
     * @throws IllegalArgumentException when an operation of the definition treats a batch as a whole
     */
    public static Network sliced(NetworkDefinition definition, EngineSettings settings, int slices) {
        return slices > 1 && choose(settings) == EngineSettings.Executor.ONEDNN
                ? new SlicedNetwork(definition, settings.precision().orElseGet(Executors::fastest), slices)
                : open(definition, settings);
    }

    private static Precision fastest() {
        return OneDnn.multipliesBfloat16() ? Precision.BFLOAT16 : Precision.FLOAT32;
    }

    /** A Deeplearning4j graph: the reference, on any ND4J backend. */
    public static Network deeplearning4j(NetworkDefinition definition) {
        return new Deeplearning4jNetwork(definition);
    }
}
