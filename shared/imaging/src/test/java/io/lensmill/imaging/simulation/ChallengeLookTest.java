package io.lensmill.imaging.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model {@code challenge} beside statistics of 30 images of the public DeepLense challenge. */
class ChallengeLookTest {

    /** Images per class; more by -Dlensmill.look.images=3000. */
    private static final int IMAGES = Integer.getInteger("lensmill.look.images", 300);

    /** The mean of ten of our own images strays by up to 0.38 from that of two hundred; the reference has ten each. */
    private static final double LARGEST_PROFILE_DIFFERENCE = 0.25;

    /** Half of the last digit that the reference gives. */
    private static final double ROUNDING = 0.00005;

    @ParameterizedTest
    @EnumSource(LensClass.class)
    void mediansAndMeanProfileAreThoseOfThePublicImages(LensClass lensClass) throws Exception {
        // Given
        JsonNode classes = reference();
        JsonNode theirs = classes.get(lensClass.label());
        LensSimulator simulator = new LensSimulator(SimulationModel.CHALLENGE);
        // When
        List<LensLook> ours = IntStream.range(0, IMAGES)
                .parallel()
                .mapToObj(index -> LensLook.of(simulator.simulate(lensClass, 1, index)))
                .toList();
        // Then: of the background the reference holds one number per class, so its range is that of the classes
        assertWithin(
                "background mean", ours, LensLook::backgroundMean, classes.findValues("background_mean"), ROUNDING);
        assertWithin(
                "background deviation",
                ours,
                LensLook::backgroundDeviation,
                classes.findValues("background_std"),
                ROUNDING);
        assertWithin("ring radius", ours, LensLook::ringRadius, theirs.get("ring_radius_px"), 0);
        assertWithin("ring width", ours, LensLook::ringWidth, theirs.get("ring_fwhm_px"), 0);
        assertWithin("axis ratio", ours, LensLook::axisRatio, theirs.get("second_moment_axis_ratio"), 0);
        assertWithin("high-pass level", ours, LensLook::highPass, theirs.get("high_pass_std"), 0);
        assertThat(largestDifference(meanProfile(ours), numbers(theirs.get("radial_profile_mean"))))
                .as("mean radial profile, in parts of its peak")
                .isLessThan(LARGEST_PROFILE_DIFFERENCE);
    }

    private static void assertWithin(
            String name,
            List<LensLook> looks,
            ToDoubleFunction<LensLook> statistic,
            Iterable<JsonNode> reference,
            double tolerance) {
        double[] range = numbers(reference);
        assertThat(Median.of(looks, statistic))
                .as("median of the " + name)
                .isBetween(
                        Arrays.stream(range).min().getAsDouble() - tolerance,
                        Arrays.stream(range).max().getAsDouble() + tolerance);
    }

    private static double[] meanProfile(List<LensLook> looks) {
        double[] mean = new double[looks.get(0).profile().length];
        for (LensLook look : looks) {
            for (int radius = 0; radius < mean.length; radius++) {
                mean[radius] += look.profile()[radius] / looks.size();
            }
        }
        return mean;
    }

    private static double largestDifference(double[] ours, double[] theirs) {
        assertThat(ours).hasSameSizeAs(theirs);
        double largest = 0;
        for (int radius = 0; radius < ours.length; radius++) {
            largest = Math.max(largest, Math.abs(ours[radius] - theirs[radius]));
        }
        return largest / Arrays.stream(theirs).max().getAsDouble();
    }

    private static double[] numbers(Iterable<JsonNode> nodes) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static JsonNode reference() throws Exception {
        try (InputStream stream = ChallengeLookTest.class.getResourceAsStream("/challenge-look.json")) {
            return new ObjectMapper().readTree(stream).get("classes");
        }
    }
}
