package io.lensmill.neural;

/** Number format of the values inside a network. Parameters, gradients and optimiser state are float32 in both. */
public enum Precision {
    /** 24 significant bits everywhere. */
    FLOAT32("f32"),
    /** Activations with 8 significant bits; sums are still taken in float32. */
    BFLOAT16("bf16");

    private final String shortName;

    Precision(String shortName) {
        this.shortName = shortName;
    }

    /** The name in settings, benchmarks and model cards: f32 or bf16. */
    public String shortName() {
        return shortName;
    }
}
