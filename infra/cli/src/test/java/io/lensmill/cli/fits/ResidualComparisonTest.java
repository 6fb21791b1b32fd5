package io.lensmill.cli.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.imaging.fitting.FitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResidualComparisonTest {

    @Test
    void massesThatAreHalfOfTheImagesAreSaidToBeSo() {
        // Given
        List<FitLine> images = Lines.lines("sphere", 20, 4);
        List<FitLine> simulated = Lines.lines("val/cdm", 40, 2);
        // When
        ClassResiduals sphere = onlyClass(ResidualComparison.of(images, simulated));
        // Then
        BlurComparison blur = sphere.sharpest();
        assertThat(blur.quotient()).isCloseTo(2, within(0.05));
        assertThat(blur.quotientLower()).isBetween(1.5, 2.0);
        assertThat(sphere.verdict())
                .startsWith("Simulated subhalos leave 2.0")
                .contains(" times less than the images'", "raise settings.substructure.subhaloMass (both ends)");
    }

    @Test
    void vorticesThatAreTooHeavyAreToBeMadeLighter() {
        // Given
        List<FitLine> images = Lines.lines("axion", 20, 1);
        List<FitLine> simulated = Lines.lines("vort", 20, 3);
        // When
        ClassResiduals vort = onlyClass(ResidualComparison.of(images, simulated));
        // Then
        assertThat(vort.verdict())
                .startsWith("Simulated vortices leave 3.00 times more than the images'")
                .contains("lower settings.substructure.line.massShare");
    }

    @Test
    void equalSetsShowNoDifferenceAndWhatElseWouldDo() {
        // Given
        List<FitLine> fits = Lines.lines("vort", 12, 3);
        // When
        ClassResiduals vort = onlyClass(ResidualComparison.of(fits, fits));
        // Then
        assertThat(vort.blurs()).hasSize(4).allSatisfy(blur -> {
            assertThat(blur.distance()).isZero();
            assertThat(blur.pValue()).isEqualTo(1);
        });
        assertThat(vort.verdict())
                .startsWith("No difference shows. Masses times 1.00 would suit the images best, and ");
    }

    @Test
    void anotherSpreadAtOneMiddleIsSaidToBeOne() {
        // Given: of the same middle, one wide and one narrow
        List<FitLine> images = Stream.concat(
                        Lines.lines("sphere", 20, 0.2).stream(), Lines.lines("sphere", 20, 11.25).stream())
                .toList();
        List<FitLine> simulated = Lines.lines("sphere", 40, 1);
        // When
        ClassResiduals sphere = onlyClass(ResidualComparison.of(images, simulated));
        // Then
        assertThat(sphere.verdict())
                .startsWith("As strong on the whole")
                .contains("not distributed alike", "settings.substructure.subhalos");
    }

    @Test
    void fitsThatFoundNoLensAreCountedAndLeftOut() {
        // Given
        List<FitLine> images = new ArrayList<>(Lines.lines("sphere", 30, 2));
        for (FitStatus status : FitStatus.values()) {
            images.add(Lines.line("sphere/" + status + ".npy", status, 1e6));
        }
        // When
        ClassResiduals sphere = onlyClass(ResidualComparison.of(images, Lines.lines("sphere", 10, 2)));
        // Then
        assertThat(sphere.images()).isEqualTo(32);
        assertThat(sphere.imagesLeftOut()).isEqualTo(FitStatus.values().length - 2);
        assertThat(sphere.blurs().get(0).images().p84()).isLessThan(10);
    }

    @Test
    void theShareBeyondIsThatAboveThePercentileOfSimulatedSmoothLenses() {
        // Given: the strongest of 20 smooth ones alone lies above its own percentile
        List<FitLine> images = both(Lines.lines("no", 5, 9), Lines.lines("sphere", 20, 2));
        List<FitLine> simulated = both(Lines.lines("no", 20, 1), Lines.lines("sphere", 20, 1));
        // When
        ResidualComparison comparison = ResidualComparison.of(images, simulated);
        // Then
        assertThat(comparison.smoothFrom()).isEqualTo("simulated images");
        assertThat(comparison.classes()).extracting(ClassResiduals::name).containsExactly("no", "sphere");
        BlurComparison smooth = comparison.classes().get(0).blurs().get(2);
        assertThat(smooth.simulated().beyondSmooth()).isEqualTo(0.05);
        assertThat(smooth.images().beyondSmooth()).isEqualTo(1);
        assertThat(comparison.classes().get(1).blurs().get(2).images().beyondSmooth())
                .isEqualTo(1);
        assertThat(comparison.classes().get(0).verdict())
                .startsWith("Smooth lenses leave something else in the images: ")
                .contains("Look at 'fit --residuals' first");
    }

    @Test
    void withoutSmoothLensesThereIsNoShareAndThoseOfTheImagesAreTheNextBest() {
        // Given
        List<FitLine> sphere = Lines.lines("sphere", 6, 2);
        List<FitLine> more = both(Lines.lines("no", 6, 1), sphere);
        // When
        ResidualComparison none = ResidualComparison.of(sphere, sphere);
        ResidualComparison own = ResidualComparison.of(more, sphere);
        // Then
        assertThat(none.smoothFrom()).isNull();
        assertThat(onlyClass(none).blurs().get(0).images().beyondSmooth()).isNull();
        assertThat(own.smoothFrom()).isEqualTo("images");
        assertThat(own.remarks()).containsExactly("6 images are no, and none on the other side: not compared.");
    }

    @Test
    void imagesWithoutAClassAreOneGroupAndFewOfThemNoVerdict() {
        // Given
        List<FitLine> images = Lines.lines("night-1", 4, 2);
        // When
        ClassResiduals all = onlyClass(ResidualComparison.of(images, Lines.lines("night-2", 9, 2)));
        // Then
        assertThat(all.name()).isEqualTo("unlabelled");
        assertThat(all.verdict())
                .isEqualTo("Too few fits to tell: at least 5 of each side must be OK or POOR; got 4 of images and 9 of"
                        + " simulated ones.");
    }

    @Test
    void anotherBrightnessIsSaid() {
        // Given: 100 photons have a signal of 10, 400 one of 20
        List<FitLine> images = repeated(100);
        List<FitLine> simulated = repeated(400);
        // When
        ResidualComparison comparison = ResidualComparison.of(images, simulated);
        // Then
        assertThat(comparison.imagesBrightness()).isCloseTo(10, within(1e-9));
        assertThat(comparison.remarks()).singleElement().asString().contains("10.0 times its noise", "20.0 times");
        assertThat(ResidualComparison.of(images, images).remarks()).isEmpty();
    }

    @Test
    void whatCannotBeComparedIsRefusedWithBothSides() {
        // Given
        List<FitLine> sphere = Lines.lines("sphere", 6, 2);
        List<FitLine> dark = List.of(Lines.line("sphere/a.npy", FitStatus.NO_LIGHT, 1));
        FitLine first = sphere.get(0);
        FitLine ellipsoid = new FitLine(
                first.version(),
                first.image(),
                first.status(),
                first.remarks(),
                "sie",
                first.pixelScaleArcsec(),
                first.sizePixels(),
                first.chiSquaredPerPixel(),
                first.noise(),
                first.parameters(),
                first.covariance(),
                first.residualStrength());
        // When, Then
        assertThatThrownBy(() -> ResidualComparison.of(sphere, List.of()))
                .hasMessage("Both files must hold fits; got 6 of images and 0 of simulated ones");
        assertThatThrownBy(() -> ResidualComparison.of(sphere, Lines.lines("vort", 6, 2)))
                .hasMessageContaining("No class is in both: images are sphere (6, 6 of them OK or POOR)")
                .hasMessageContaining("simulated ones vort (6")
                .hasMessageContaining("one of no, no_sub,");
        assertThatThrownBy(() -> ResidualComparison.of(sphere, dark))
                .hasMessageContaining("simulated ones sphere (1, 0 of them OK or POOR)");
        assertThatThrownBy(() -> ResidualComparison.of(sphere, List.of(ellipsoid)))
                .hasMessageContaining("got sis of 0.05\" (sphere/0.npy) and sie of 0.05\"");
    }

    private static List<FitLine> repeated(double photons) {
        return Stream.of("a", "b", "c", "d", "e")
                .map(name -> Lines.line("vort/" + name, FitStatus.POOR, 3, photons))
                .toList();
    }

    private static List<FitLine> both(List<FitLine> first, List<FitLine> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static ClassResiduals onlyClass(ResidualComparison comparison) {
        assertThat(comparison.classes()).hasSize(1);
        return comparison.classes().get(0);
    }
}
