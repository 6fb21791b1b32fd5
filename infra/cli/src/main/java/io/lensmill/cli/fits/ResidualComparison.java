package io.lensmill.cli.fits;

import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.metrics.distribution.SortedSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What smooth lenses leave of images and of simulated ones, class by class.
 *
 * @param classes those of both files
 * @param imagesBrightness median light at the source's half-light radius, in standard deviations of the noise there
 * @param simulatedBrightness the same of simulated images
 * @param smoothFrom whose smooth lenses give the 95th percentile, {@code images} or {@code simulated images}; or null
 * @param remarks what stands in the way of the comparison, a sentence each
 */
public record ResidualComparison(
        List<ClassResiduals> classes,
        double imagesBrightness,
        double simulatedBrightness,
        String smoothFrom,
        List<String> remarks) {

    /** Brightness may differ by so much, which is what ten images of one kind know it to. */
    private static final double LIKE = 0.1;

    /**
     * The comparison.
     *
     * @throws IllegalArgumentException when no class is in both, none of their fits counts on one side, or they are of
     *     different pixels or models of the galaxy
     */
    public static ResidualComparison of(List<FitLine> images, List<FitLine> simulated) {
        requireAlike(images, simulated);
        Map<String, FitGroup> left = FitGroup.of(images);
        Map<String, FitGroup> right = FitGroup.of(simulated);
        List<String> common = left.keySet().stream().filter(right::containsKey).toList();
        if (common.isEmpty()) {
            throw new IllegalArgumentException("No class is in both: images are " + counts(left)
                    + ", simulated ones " + counts(right) + "; the class is the name of the folder that an image lies"
                    + " in, one of " + names());
        }
        boolean own = !has(right, LensClass.NO.label());
        FitGroup smooth = (own ? left : right).get(LensClass.NO.label());
        List<Double> limits = smooth == null || smooth.found().isEmpty() ? null : limits(smooth);
        List<ClassResiduals> classes = common.stream()
                .map(name -> ClassResiduals.of(name, left.get(name), right.get(name), limits))
                .toList();
        if (classes.stream().allMatch(residuals -> residuals.blurs().isEmpty())) {
            throw new IllegalArgumentException("No class has fits that found a lens, OK or POOR, on both sides: images"
                    + " are " + counts(left) + ", simulated ones " + counts(right));
        }
        double imagesBrightness = brightness(left, common);
        double simulatedBrightness = brightness(right, common);
        List<String> remarks = new ArrayList<>();
        addOthers(remarks, "images", left, common);
        addOthers(remarks, "simulated images", right, common);
        double quotient = imagesBrightness / simulatedBrightness;
        if (quotient > 1 + LIKE || quotient < 1 / (1 + LIKE)) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "The light at the half-light radius is %.1f times its noise in the images and %.1f times in"
                            + " simulated ones: what is left grows with that, whatever the substructure. Set the"
                            + " camera by 'prior' first.",
                    imagesBrightness,
                    simulatedBrightness));
        }
        return new ResidualComparison(
                classes,
                imagesBrightness,
                simulatedBrightness,
                limits == null ? null : own ? "images" : "simulated images",
                remarks);
    }

    private static void requireAlike(List<FitLine> images, List<FitLine> simulated) {
        if (images.isEmpty() || simulated.isEmpty()) {
            throw new IllegalArgumentException("Both files must hold fits; got " + images.size() + " of images and "
                    + simulated.size() + " of simulated ones");
        }
        FitLine first = images.get(0);
        Stream.concat(images.stream(), simulated.stream())
                .filter(fit -> !fit.model().equals(first.model()) || fit.pixelScaleArcsec() != first.pixelScaleArcsec())
                .findFirst()
                .ifPresent(other -> {
                    throw new IllegalArgumentException(
                            "Fits that are compared must have one model and pixel scale; got " + described(first)
                                    + " and " + described(other));
                });
    }

    private static String described(FitLine fit) {
        return String.format(Locale.ROOT, "%s of %s\" (%s)", fit.model(), fit.pixelScaleArcsec(), fit.image());
    }

    private static boolean has(Map<String, FitGroup> groups, String name) {
        return groups.containsKey(name) && !groups.get(name).found().isEmpty();
    }

    private static List<Double> limits(FitGroup smooth) {
        List<Double> limits = new ArrayList<>();
        for (int blur = 0; blur < FitLine.BLUR_PIXELS.size(); blur++) {
            limits.add(smooth.strengths(blur).quantile(0.95));
        }
        return limits;
    }

    private static double brightness(Map<String, FitGroup> groups, List<String> names) {
        double[] values = names.stream()
                .flatMap(name -> groups.get(name).found().stream())
                .mapToDouble(FitGroup::brightness)
                .toArray();
        return new SortedSample(values).median();
    }

    private static void addOthers(
            List<String> remarks, String whose, Map<String, FitGroup> groups, List<String> common) {
        for (Map.Entry<String, FitGroup> group : groups.entrySet()) {
            if (!common.contains(group.getKey())) {
                remarks.add("%d %s are %s, and none on the other side: not compared."
                        .formatted(group.getValue().size(), whose, group.getKey()));
            }
        }
    }

    private static String counts(Map<String, FitGroup> groups) {
        return groups.entrySet().stream()
                .map(group -> "%s (%d, %d of them OK or POOR)"
                        .formatted(
                                group.getKey(),
                                group.getValue().size(),
                                group.getValue().found().size()))
                .collect(Collectors.joining(", "));
    }

    private static String names() {
        return Stream.of(LensClass.values())
                .flatMap(lensClass -> lensClass.names().stream())
                .collect(Collectors.joining(", "));
    }
}
