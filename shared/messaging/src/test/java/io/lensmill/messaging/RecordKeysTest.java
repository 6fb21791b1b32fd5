package io.lensmill.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordKeysTest {

    @Test
    void aKeyOfUtf8IsItsText() {
        String text = "ngc-1/é/銀河/\ud83d\udd2d/\ufffd";

        assertThat(RecordKeys.decode(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        assertThat(RecordKeys.encode(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(RecordKeys.isUtf8(text)).isTrue();
        assertThat(RecordKeys.decode(null)).isNull();
        assertThat(RecordKeys.encode(null)).isNull();
    }

    @Test
    void differentBytesThatAreNoUtf8StayDifferent() {
        // Given: two ids in Latin-1
        byte[] acute = "a/é".getBytes(StandardCharsets.ISO_8859_1);
        byte[] grave = "a/è".getBytes(StandardCharsets.ISO_8859_1);

        // When / Then
        assertThat(RecordKeys.decode(acute))
                .isNotEqualTo(RecordKeys.decode(grave))
                .isEqualTo("a/\udce9");
        assertThat(RecordKeys.isUtf8(RecordKeys.decode(acute))).isFalse();
    }

    @Test
    void everyKeyIsWrittenAsItWasRead() {
        // Given
        Random random = new Random(20261128);

        for (int i = 0; i < 50_000; i++) {
            byte[] key = new byte[random.nextInt(12)];
            for (int k = 0; k < key.length; k++) {
                key[k] = (byte) (random.nextBoolean() ? random.nextInt(128) : 0x80 | random.nextInt(128));
            }

            // When
            String text = RecordKeys.decode(key);

            // Then
            assertThat(RecordKeys.encode(text)).isEqualTo(key);
            byte[] replaced = new String(key, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            assertThat(RecordKeys.isUtf8(text)).isEqualTo(Arrays.equals(replaced, key));
        }
    }
}
