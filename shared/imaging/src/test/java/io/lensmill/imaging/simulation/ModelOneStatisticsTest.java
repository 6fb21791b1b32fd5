package io.lensmill.imaging.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.format.NpyCodec;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand images of Model I per class beside lenstronomy's images, exposed by the same camera. */
class ModelOneStatisticsTest {

    private static final int IMAGES = 1000;
    private static final SimulationSettings MODEL = SimulationModel.MODEL_1.settings();

    /** Model I's own source; the fourth case of the reference has a cuspy one. */
    private static final List<String> REFERENCES = List.of("no-substructure-1", "subhalo-1", "vortex-1", "vortex-2");

    /** Of one image, per second of exposure: mean and largest pixel, mean and standard deviation of the background. */
    private record Statistics(double mean, double max, double background, double deviation) {

        static Statistics of(FloatImage image, double seconds) {
            double sum = 0;
            double max = 0;
            for (float value : image.pixels()) {
                sum += value;
                max = Math.max(max, value);
            }
            LensLook look = LensLook.of(image);
            return new Statistics(
                    sum / image.pixels().length / seconds,
                    max / seconds,
                    look.backgroundMean() / seconds,
                    look.backgroundDeviation() / seconds);
        }
    }

    @ParameterizedTest
    @EnumSource(LensClass.class)
    void aThousandImagesAreAsBrightAsTheReference(LensClass lensClass) throws Exception {
        // Given
        List<Statistics> theirs = reference();
        LensSimulator simulator = new LensSimulator(MODEL);
        // When
        List<Statistics> ours = IntStream.range(0, IMAGES)
                .parallel()
                .mapToObj(index -> Statistics.of(
                        simulator.simulate(lensClass, 1, index),
                        simulator.parameters(lensClass, 1, index).exposureSeconds()))
                .toList();
        // Then: the reference's few sources lie farther from the middle than most
        assertThat(Median.of(ours, Statistics::mean))
                .isCloseTo(Median.of(theirs, Statistics::mean), withinPercentage(10));
        assertThat(Median.of(ours, Statistics::max))
                .isCloseTo(Median.of(theirs, Statistics::max), withinPercentage(10));
        assertThat(Median.of(ours, Statistics::background))
                .isCloseTo(Median.of(theirs, Statistics::background), withinPercentage(5));
        assertThat(Median.of(ours, Statistics::deviation))
                .isCloseTo(Median.of(theirs, Statistics::deviation), withinPercentage(5));
    }

    /** Counts of max(0, N(0, s²)) have the mean s / sqrt(2 π): 0.01 / 2.5066 per second. */
    @Test
    void theBackgroundHasTheMeanOfItsFormula() {
        // Given
        LensSimulator simulator = new LensSimulator(MODEL);
        // When
        double background = IntStream.range(0, 300)
                .parallel()
                .mapToObj(index -> Statistics.of(
                        simulator.simulate(LensClass.NO, 2, index),
                        simulator.parameters(LensClass.NO, 2, index).exposureSeconds()))
                .mapToDouble(Statistics::background)
                .average()
                .orElseThrow();
        // Then
        assertThat(background).isCloseTo(0.01 / Math.sqrt(2 * Math.PI), withinPercentage(1));
    }

    private static List<Statistics> reference() throws Exception {
        List<Statistics> statistics = new ArrayList<>();
        for (String name : REFERENCES) {
            double[] flux = flux(name);
            for (double logSeconds : new double[] {3, 3.25, 3.5}) {
                double seconds = Math.pow(10, logSeconds);
                double[] counts = MODEL.camera().expose(flux, 0.0025, seconds, new LensRandom(name.hashCode()));
                float[] pixels = new float[counts.length];
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = (float) counts[i];
                }
                statistics.add(Statistics.of(new FloatImage(150, 150, pixels), seconds));
            }
        }
        return statistics;
    }

    private static double[] flux(String name) throws Exception {
        try (InputStream stream =
                ModelOneStatisticsTest.class.getResourceAsStream("/lensing/" + name + "-blurred.npy")) {
            float[] pixels = NpyCodec.decode(stream.readAllBytes()).pixels();
            return IntStream.range(0, pixels.length).mapToDouble(i -> pixels[i]).toArray();
        }
    }
}
