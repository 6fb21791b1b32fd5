package io.lensmill.cli.fits;

import io.lensmill.imaging.simulation.LensClass;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** What the residuals of a class say of the numbers that its images are simulated with, in words. */
final class ResidualVerdict {

    /** Fewer images of either side tell too little for a word. */
    private static final int FEWEST = 5;

    private static final double SIGNIFICANT = 0.05;

    /**
     * What a class is called, and which numbers of parameters.json and prior.json make it stronger: in proportion, and
     * otherwise.
     */
    private record Subject(String name, String masses, String shape) {}

    private static final Map<String, Subject> SUBJECTS = Map.of(
            LensClass.SPHERE.label(),
            new Subject(
                    "subhalos",
                    "settings.substructure.subhaloMass (both ends) by that factor, or subhalos by some its square",
                    "settings.substructure.subhalos, massSlope and subhaloDistance"),
            LensClass.VORTEX.label(),
            new Subject(
                    "vortices",
                    "settings.substructure.line.massShare (both ends; vortexMass where there is no line) by that"
                            + " factor",
                    "settings.substructure.line.massShare and line.length (logAxionMass where there is no line)"));

    private ResidualVerdict() {}

    static String of(ClassResiduals residuals) {
        if (Math.min(residuals.images(), residuals.simulated()) < FEWEST) {
            return "Too few fits to tell: at least %d of each side must be OK or POOR; got %d of images and %d of"
                            .formatted(FEWEST, residuals.images(), residuals.simulated())
                    + " simulated ones.";
        }
        return residuals.name().equals(LensClass.NO.label()) ? ofSmooth(residuals) : ofSubstructure(residuals);
    }

    private static String ofSmooth(ClassResiduals residuals) {
        if (alike(residuals)) {
            return "No difference shows: what is left of both is noise alike.";
        }
        BlurComparison blur = likeliestToDiffer(residuals);
        return said(
                "Smooth lenses leave something else in the images: %.2f times noise against %.2f of simulated ones"
                        + " (blur %d px, p = %.2g, %d blurs counted). Look at 'fit --residuals' first: noise, PSF or"
                        + " light of the lens may differ, and count in the other classes too.",
                blur.images().median(),
                blur.simulated().median(),
                blur.blurPixels(),
                corrected(residuals),
                residuals.blurs().size());
    }

    private static String ofSubstructure(ClassResiduals residuals) {
        Subject subject = SUBJECTS.getOrDefault(
                residuals.name(),
                new Subject("lenses", "settings.substructure.factor by that factor", "settings.substructure"));
        BlurComparison blur = residuals.sharpest();
        if (blur.differsByFactor()) {
            boolean more = blur.quotient() > 1;
            return said(
                    "Simulated %s leave %.2f times %s than the images' (%.2f to %.2f at 95 %%, blur %d px): %s %s, if"
                            + " nothing else is wrong.",
                    subject.name(),
                    more ? blur.quotient() : 1 / blur.quotient(),
                    more ? "less" : "more",
                    more ? blur.quotientLower() : 1 / blur.quotientUpper(),
                    more ? blur.quotientUpper() : 1 / blur.quotientLower(),
                    blur.blurPixels(),
                    more ? "raise" : "lower",
                    subject.masses());
        }
        if (!alike(residuals)) {
            return said(
                    "As strong on the whole (images leave %.2f times as much, %.2f to %.2f at 95 %%), but not"
                            + " distributed alike (p = %.2g, %d blurs counted): change %s.",
                    blur.quotient(),
                    blur.quotientLower(),
                    blur.quotientUpper(),
                    corrected(residuals),
                    residuals.blurs().size(),
                    subject.shape());
        }
        return said(
                "No difference shows. Masses times %.2f would suit the images best, and %.2f to %.2f suit at 95 %%"
                        + " (blur %d px).",
                blur.quotient(), blur.quotientLower(), blur.quotientUpper(), blur.blurPixels());
    }

    /** Whether one distribution explains both at every blur. */
    private static boolean alike(ClassResiduals residuals) {
        return corrected(residuals) >= SIGNIFICANT;
    }

    /** The least chance of all blurs by their number (Bonferroni): cautious, since blurs see much the same. */
    private static double corrected(ClassResiduals residuals) {
        return Math.min(
                1, likeliestToDiffer(residuals).pValue() * residuals.blurs().size());
    }

    private static BlurComparison likeliestToDiffer(ClassResiduals residuals) {
        return residuals.blurs().stream()
                .min(Comparator.comparingDouble(BlurComparison::pValue))
                .orElseThrow();
    }

    private static String said(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
