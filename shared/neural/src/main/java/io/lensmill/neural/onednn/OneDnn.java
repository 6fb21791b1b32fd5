package io.lensmill.neural.onednn;

import java.util.Locale;
import java.util.Optional;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.cpu_isa;
import org.bytedeco.dnnl.stream;

/** The oneDNN library in this process: whether it works here, its engine, and what the processor offers. */
public final class OneDnn {

    private static final String FAULT;
    private static final engine ENGINE;
    private static final stream STREAM;

    static {
        String fault = null;
        engine cpu = null;
        stream queue = null;
        try {
            cpu = new engine(engine.kind.cpu, 0);
            queue = new stream(cpu);
        } catch (LinkageError | RuntimeException e) {
            // No native library for this platform, or one that this system cannot load.
            fault = e.toString();
        }
        FAULT = fault;
        ENGINE = cpu;
        STREAM = queue;
    }

    private OneDnn() {}

    /** Why the library cannot be used here; empty when it can. */
    public static Optional<String> fault() {
        return Optional.ofNullable(FAULT);
    }

    /** Whether the processor multiplies bfloat16 natively (AVX512-BF16 or AMX), so that it is faster than float32. */
    public static boolean multipliesBfloat16() {
        return includes(dnnl.get_effective_cpu_isa().value, cpu_isa.avx512_core_bf16.value);
    }

    /** Whether the library computes in bfloat16 at all here: from AVX-512 on, fast or not, and with AVX2-VNNI-2. */
    public static boolean computesBfloat16() {
        int found = dnnl.get_effective_cpu_isa().value;
        return includes(found, cpu_isa.avx512_core.value) || includes(found, cpu_isa.avx2_vnni_2.value);
    }

    private static boolean includes(int found, int needed) {
        return (found & needed) == needed;
    }

    /** Instruction set that the library uses, such as AVX512_CORE_BF16. */
    public static String instructionSet() {
        return dnnl.get_effective_cpu_isa().intern().name().toUpperCase(Locale.ROOT);
    }

    /** Version of the library. */
    public static String version() {
        return dnnl.dnnl_version().major() + "." + dnnl.dnnl_version().minor() + "."
                + dnnl.dnnl_version().patch();
    }

    /** The CPU, as oneDNN calls it. */
    public static engine engine() {
        return ENGINE;
    }

    static stream stream() {
        return STREAM;
    }

    /** @throws IllegalStateException when a call of the C interface did not succeed */
    public static void check(int status, String what) {
        if (status != 0) {
            throw new IllegalStateException("oneDNN could not " + what + ": status " + status);
        }
    }
}
