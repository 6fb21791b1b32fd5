package io.lensmill.cli.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.ImageFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImagePublisherTest {

    @Test
    void whatAFitsHeaderSaysBecomesAttributes() {
        // Given one pixel
        byte[] file = fits("FILTER  = 'VIS     '", "CDELT1  = -2.77777778E-05", "CDELT2  =  2.77777778E-05");
        // When
        Map<String, String> attributes = ImagePublisher.attributes(file, ImageFormat.FITS);
        // Then
        assertThat(attributes).containsExactlyInAnyOrderEntriesOf(Map.of("FILTER", "VIS", "PIXSCALE", "0.1"));
    }

    @Test
    void aDamagedFileHasNoneAndIsLeftToTheWorker() {
        // Given
        byte[] cut = Arrays.copyOf(fits("FILTER  = 'VIS     '"), 2880);
        // When / Then
        assertThat(ImagePublisher.attributes(cut, ImageFormat.FITS)).isEmpty();
        assertThat(ImagePublisher.attributes(cut, ImageFormat.NPY)).isEmpty();
    }

    private static byte[] fits(String... more) {
        StringBuilder header = new StringBuilder();
        for (String card : new String[] {
            "SIMPLE  =                    T",
            "BITPIX  =                    8",
            "NAXIS   =                    2",
            "NAXIS1  =                    1",
            "NAXIS2  =                    1"
        }) {
            header.append(String.format("%-80s", card));
        }
        for (String card : more) {
            header.append(String.format("%-80s", card));
        }
        header.append("END");
        byte[] file = Arrays.copyOf(header.toString().getBytes(StandardCharsets.US_ASCII), 2 * 2880);
        Arrays.fill(file, header.length(), 2880, (byte) ' ');
        return file;
    }
}
