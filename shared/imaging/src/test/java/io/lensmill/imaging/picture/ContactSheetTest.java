package io.lensmill.imaging.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.picture.ContactSheet.Look;
import io.lensmill.imaging.picture.ContactSheet.Row;
import io.lensmill.imaging.picture.ContactSheet.Stretch;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContactSheetTest {

    private static final FloatImage STEP = new FloatImage(2, 2, new float[] {0, 0, 0.5f, 0.5f});
    private static final Look SMALL = new Look(2, 8, ColourMap.INFERNO, Stretch.EACH);

    @Test
    void longRowsGoOnInFurtherLines() throws Exception {
        // Given
        List<FloatImage> five = Collections.nCopies(5, STEP);
        // When
        BufferedImage one = read(ContactSheet.png(List.of(new Row("", five.subList(0, 2))), SMALL));
        BufferedImage three = read(ContactSheet.png(List.of(new Row("", five)), SMALL));
        // Then
        assertThat(three.getWidth()).isEqualTo(one.getWidth());
        assertThat(three.getHeight()).isEqualTo(one.getHeight() + 2 * (8 + 4));
    }

    @Test
    void theStretchDecidesHowBrightAnImageIs() throws Exception {
        // Given
        Look unit = new Look(2, 8, ColourMap.INFERNO, Stretch.UNIT);
        // When
        BufferedImage each = read(ContactSheet.png(List.of(new Row("", List.of(STEP))), SMALL));
        BufferedImage fixed = read(ContactSheet.png(List.of(new Row("", List.of(STEP))), unit));
        // Then the lower pixels hold 0.5, the largest value of this image
        assertThat(each.getRGB(13, 12 + 30 + 6) & 0xffffff).isEqualTo(ColourMap.INFERNO.rgb(1));
        assertThat(fixed.getRGB(13, 12 + 30 + 6) & 0xffffff).isEqualTo(ColourMap.INFERNO.rgb(0.5));
    }

    @Test
    void imagesOfARowMayHaveColoursOfTheirOwn() throws Exception {
        // Given
        Look unit = new Look(2, 8, ColourMap.INFERNO, Stretch.UNIT);
        List<ColourMap> colours = List.of(ColourMap.VIRIDIS, ColourMap.BLUE_RED);
        // When
        BufferedImage sheet = read(ContactSheet.png(List.of(new Row("", List.of(STEP, STEP), colours)), unit));
        // Then the lower pixels hold 0.5, where the diverging map is nearly white
        assertThat(sheet.getRGB(13, 12 + 30 + 6) & 0xffffff).isEqualTo(ColourMap.VIRIDIS.rgb(0.5));
        assertThat(sheet.getRGB(13 + 8 + 4, 12 + 30 + 6) & 0xffffff).isEqualTo(0xf7f7f7);
        assertThatThrownBy(() -> new Row("", List.of(STEP), colours)).hasMessageContaining("got 2 for 1");
    }

    @Test
    void titlesAreWrittenWhole() throws Exception {
        // Given
        String title = "no substructure, 16 images (seed 1) é";
        // When
        BufferedImage sheet = read(ContactSheet.png(List.of(new Row(title, List.of(STEP))), SMALL));
        // Then
        assertThat(sheet.getWidth()).isGreaterThanOrEqualTo(title.length() * 12);
    }

    @Test
    void largeImagesAreShrunkAndFlatOnesKeepTheirShape() throws Exception {
        // Given
        FloatImage wide = new FloatImage(100, 300, new float[30_000]);
        // When
        BufferedImage sheet = read(ContactSheet.png(List.of(new Row("wide", List.of(wide))), SMALL));
        // Then
        assertThat(sheet.getWidth()).isEqualTo(2 * 12 + 4 * 12);
    }

    @Test
    void smallImagesFillTheirCellAndItsEdgesHaveTheEndsOfTheMap() throws Exception {
        // Given
        Look large = new Look(1, 256, ColourMap.VIRIDIS, Stretch.EACH);
        // When
        BufferedImage sheet = read(ContactSheet.png(List.of(new Row("", List.of(STEP))), large));
        // Then
        assertThat(sheet.getWidth()).isEqualTo(2 * 12 + 256);
        assertThat(sheet.getRGB(12, 12 + 30) & 0xffffff).isEqualTo(0x440154);
        assertThat(sheet.getRGB(12 + 255, 12 + 30 + 255) & 0xffffff).isEqualTo(0xfde725);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColourMap.class,
            names = {"VIRIDIS", "INFERNO"})
    void coloursBecomeSteadilyLighter(ColourMap map) {
        double before = -1;
        for (int i = 0; i <= 100; i++) {
            // When
            int rgb = map.rgb(i / 100.0);
            // Then
            assertThat(luma(rgb)).isGreaterThan(before - 0.6);
            before = Math.max(before, luma(rgb));
        }
        assertThat(map.rgb(Double.NaN)).isEqualTo(map.rgb(0));
        assertThat(map.rgb(7)).isEqualTo(map.rgb(1));
    }

    @Test
    void theDivergingColoursAreLightestInTheMiddleAndAlikeOnBothSides() {
        for (int i = 1; i <= 50; i++) {
            double below = luma(ColourMap.BLUE_RED.rgb(0.5 - i / 100.0));
            double above = luma(ColourMap.BLUE_RED.rgb(0.5 + i / 100.0));
            assertThat(below).isLessThan(luma(ColourMap.BLUE_RED.rgb(0.5 - (i - 1) / 100.0)));
            assertThat(above).isLessThan(luma(ColourMap.BLUE_RED.rgb(0.5 + (i - 1) / 100.0)));
            assertThat(above - below).isBetween(-25.0, 25.0);
        }
    }

    /** Of ITU-R BT.601. */
    private static double luma(int rgb) {
        return 0.299 * (rgb >> 16) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff);
    }

    @Test
    void aSheetNeedsARow() {
        assertThatThrownBy(() -> ContactSheet.png(List.of())).hasMessageContaining("at least one row");
    }

    private static BufferedImage read(byte[] png) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(png));
    }
}
