package io.lensmill.imaging.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.imaging.ImageLimits;
import java.io.ByteArrayOutputStream;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitsKeywordsTest {

    @Test
    void anExtensionHasTheValuesOfThePrimaryHeaderAndItsOwn() throws Exception {
        // Given as Hubble's files are: the observation in the primary header, units and the grid beside the pixels
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(FitsFiles.file(
                new byte[0],
                "SIMPLE  =                    T",
                "BITPIX  =                    8",
                "NAXIS   =                    0",
                "OBJECT  = 'SDSSJ1430+4105'",
                "INSTRUME= 'ACS     '",
                "FILTER  = 'F814W   '",
                "EXPTIME =                420.0",
                "COMMENT kept by nobody"));
        file.write(FitsFiles.file(
                new byte[] {7, 8},
                "XTENSION= 'IMAGE   '",
                "BITPIX  =                    8",
                "NAXIS   =                    2",
                "NAXIS1  =                    2",
                "NAXIS2  =                    1",
                "PCOUNT  =                    0",
                "GCOUNT  =                    1",
                "BUNIT   = 'ELECTRONS/S'",
                "EXPTIME =                105.0",
                "CD1_1   =             -9.8E-06",
                "CD1_2   =              9.8E-06",
                "CD2_1   =              9.8E-06",
                "CD2_2   =              9.8E-06"));
        // When
        SortedMap<String, String> header =
                ImageCodecs.decode(file.toByteArray(), ImageLimits.DEFAULT).header();
        // Then a grid turned by 45 degrees, 9.8e-6 sqrt(2) degrees a pixel
        assertThat(header)
                .containsEntry("OBJECT", "SDSSJ1430+4105")
                .containsEntry("INSTRUME", "ACS")
                .containsEntry("FILTER", "F814W")
                .containsEntry("EXPTIME", "105.0")
                .containsEntry("BUNIT", "ELECTRONS/S")
                .containsEntry("PIXSCALE", "0.0498935")
                .hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CDELT1  =     -2.777777777E-05|CDELT2  =      2.777777777E-05|0.1",
                "CDELT1  = 0.2|CDELT2  = 0.2|720",
                "PIXSCALE= 0.263|ORIGIN  = 'nowhere'|0.263"
            })
    void thePixelScaleComesFromWhatTheHeaderHas(String first, String second, String expected) throws Exception {
        // Given
        byte[] file = FitsFiles.image(8, 1, 1, new byte[] {3}, first, second);
        // When
        String scale = ImageCodecs.decode(file, ImageLimits.DEFAULT).header().get(FitsKeywords.PIXEL_SCALE);
        // Then
        assertThat(Double.parseDouble(scale)).isEqualTo(Double.parseDouble(expected));
    }

    @Test
    void withoutAGridThereIsNoScale() throws Exception {
        // Given
        byte[] file = FitsFiles.image(8, 1, 1, new byte[] {3});
        // When / Then
        assertThat(ImageCodecs.decode(file, ImageLimits.DEFAULT).header()).isEmpty();
    }
}
