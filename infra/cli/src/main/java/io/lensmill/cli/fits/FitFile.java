package io.lensmill.cli.fits;

import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.FileFault;
import io.lensmill.imaging.fitting.LensParameter;
import io.lensmill.imaging.fitting.MassModel;
import io.lensmill.reading.BoundedFile;
import io.lensmill.reading.BoundedJson;
import io.lensmill.reading.UnreadableJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of JSON that {@code fit --out} wrote. */
public final class FitFile {

    /** A line has 1 kB: half a million images. */
    private static final long MOST_BYTES = 512L * 1024 * 1024;

    private FitFile() {}

    /**
     * The fits of a file, in its order.
     *
     * @throws CommandFailure when the file cannot be read, or a line of it is no fit: the message has the line's number
     */
    public static List<FitLine> read(Path file) {
        List<FitLine> lines = new ArrayList<>();
        String content;
        try {
            content = new String(BoundedFile.read(file, MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(file + " cannot be read: " + FileFault.of(e), e);
        }
        for (String line : (Iterable<String>) content.lines()::iterator) {
            int number = lines.size() + 1;
            try {
                lines.add(checked(BoundedJson.value(file + ", line " + number, line, FitLine.class), file, number));
            } catch (UnreadableJsonException e) {
                throw new CommandFailure(
                        e.getMessage() + ". Each line must be a fit as 'lensmill fit --out' writes it.", e);
            }
        }
        return lines;
    }

    private static FitLine checked(FitLine fit, Path file, int line) {
        String place = file + ", line " + line + ": ";
        if (!FitLine.VERSION.equals(fit.version())) {
            throw new CommandFailure(place + "version must be " + FitLine.VERSION + "; got '" + fit.version() + "'.");
        }
        if (fit.image() == null || fit.status() == null || fit.model() == null || fit.parameters() == null) {
            throw new CommandFailure(place + "a fit must have image, status, model and parameters; got image '"
                    + fit.image() + "', status " + fit.status() + ", model " + fit.model() + " and parameters "
                    + fit.parameters() + ".");
        }
        List<Double> left = fit.residualStrength();
        boolean bounded =
                left != null && left.stream().allMatch(value -> value != null && Double.isFinite(value) && value >= 0);
        if (!bounded || !(left.isEmpty() || left.size() == FitLine.BLUR_PIXELS.size())) {
            throw new CommandFailure(place + "residualStrength must be " + FitLine.BLUR_PIXELS.size()
                    + " numbers of 0 or more, or none; got " + left + ".");
        }
        if (!left.isEmpty()) {
            requireLens(fit, place);
        }
        return fit;
    }

    private static void requireLens(FitLine fit, String place) {
        List<String> missing = LensParameter.of(MassModel.SIS).stream()
                .map(LensParameter::id)
                .filter(name -> fit.parameters().get(name) == null)
                .toList();
        if (fit.noise() == null || !missing.isEmpty()) {
            throw new CommandFailure(
                    place + "a fit with residualStrength must have noise and the parameters of its lens;"
                            + " got noise " + fit.noise() + ", and no " + String.join(", ", missing) + ".");
        }
    }
}
