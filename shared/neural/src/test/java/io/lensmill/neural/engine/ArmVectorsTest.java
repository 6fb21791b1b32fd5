package io.lensmill.neural.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArmVectorsTest {

    private static final String NEOVERSE_V1 =
            "processor\t: 0\nFeatures\t: fp asimd evtstrm aes sha1 sha2 crc32 atomics sve asimdfhm bf16 i8mm\n";
    private static final String CORTEX_A72 = "processor\t: 0\nFeatures\t: fp asimd evtstrm aes pmull sha1 sha2 crc32\n";

    @Test
    void scalableVectorsAreDoubted() {
        assertThat(ArmVectors.doubt("aarch64", NEOVERSE_V1))
                .hasValueSatisfying(reason -> assertThat(reason).contains("SVE", "lensmill.engine.executor=onednn"));
    }

    @Test
    void otherProcessorsAreNot() {
        assertThat(ArmVectors.doubt("aarch64", CORTEX_A72)).isEmpty();
        assertThat(ArmVectors.doubt("aarch64", "")).isEmpty();
        assertThat(ArmVectors.doubt("aarch64", "Features : fp asimd svefoo\nmodel name : sve\n"))
                .isEmpty();
        assertThat(ArmVectors.doubt("amd64", NEOVERSE_V1)).isEmpty();
    }
}
