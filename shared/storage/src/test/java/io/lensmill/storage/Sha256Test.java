package io.lensmill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {

    @Test
    void matchesThePublishedVectors() {
        // FIPS 180-4 example vectors.
        assertThat(Sha256.hex(new byte[0]))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(Sha256.hex("abc".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void digestsAFileLikeItsBytes(@TempDir Path directory) throws IOException {
        // Given
        byte[] content = new byte[1_000_000];
        Arrays.fill(content, (byte) 'a');
        Path file = Files.write(directory.resolve("million"), content);

        // When
        String digest = Sha256.hex(file);

        // Then
        assertThat(digest)
                .isEqualTo(Sha256.hex(content))
                .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
}
