package io.lensmill.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.cli.fits.FitLine;
import io.lensmill.cli.fits.FitLines;
import io.lensmill.cli.fits.FitTable;
import io.lensmill.cli.messages.ImageFiles;
import io.lensmill.cli.messages.ImageFiles.ImageFile;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.Progress;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.ParallelWork;
import io.lensmill.imaging.fitting.FitSettings;
import io.lensmill.imaging.fitting.LensFit;
import io.lensmill.imaging.fitting.LensFitter;
import io.lensmill.imaging.fitting.MassModel;
import io.lensmill.imaging.fitting.ResidualPicture;
import io.lensmill.imaging.format.ImageCodecs;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lensmill fit}: smooth lenses fitted to image files. */
@Command(
        name = "fit",
        description = "Fit a smooth gravitational lens to each image (.npy, .npz, FITS, PNG): galaxy, shear, Sersic"
                + " source, PSF, sky and noise, with errors, and how much the lens leaves. Needs no server and no"
                + " training.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill fit cutout.fits --pixel-scale 0.1 --model sie",
            "  lensmill fit night-1 --out fits.jsonl --residuals residuals",
            "  lensmill fit lens.npy --json"
        })
public final class FitCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the public challenge images, and of Hubble's drizzled ones. */
    private static final double USUAL_PIXEL_ARCSEC = 0.05;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Image files, or folders of them.")
    private List<Path> paths;

    @Option(
            names = "--model",
            paramLabel = "M",
            defaultValue = "sis",
            description = "Galaxy: ${COMPLETION-CANDIDATES} (isothermal sphere or ellipsoid). Default: sis.")
    private MassModel model;

    @Option(
            names = "--pixel-scale",
            paramLabel = "ARCSEC",
            description = "Side of a pixel. Default: what a FITS header says, otherwise 0.05.")
    private Double pixelScaleArcsec;

    @Option(
            names = "--rays",
            paramLabel = "N",
            defaultValue = "2",
            description = "Rays per pixel and direction, 1 to 8. Default: ${DEFAULT-VALUE}.")
    private int rays;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write a line of JSON for each image; replaced when it exists.")
    private Path out;

    @Option(
            names = "--residuals",
            paramLabel = "DIR",
            description = "Write a picture for each image: image, lens, and what is left in units of the noise.")
    private Path residuals;

    @Option(names = "--json", description = "Print the lines of JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        settings(pixelScaleArcsec == null ? USUAL_PIXEL_ARCSEC : pixelScaleArcsec);
        List<ImageFile> files = files();
        if (residuals != null) {
            makeFolder();
        }
        Screen screen = Screen.of(spec.commandLine());
        try (Writer writer = writer()) {
            return fitted(files, new FitLines(writer, files.size()), screen);
        }
    }

    private int fitted(List<ImageFile> files, FitLines lines, Screen screen) throws IOException {
        String[] faults = new String[files.size()];
        try (Progress progress = screen.progress("fitting", "images", files.size())) {
            new ParallelWork(Math.min(files.size(), Runtime.getRuntime().availableProcessors()))
                    .run(files.size(), (done, total) -> progress.advance(), index -> {
                        FitLine line = null;
                        try {
                            line = fitted(files.get(index));
                        } catch (ImageFormatException | IllegalArgumentException e) {
                            faults[index] = files.get(index).path() + ": " + e.getMessage();
                        } catch (IOException e) {
                            // Of the file alone: the others may be there.
                            faults[index] = files.get(index).path() + ": " + e;
                        }
                        lines.put(index, line);
                    });
        }
        report(screen, lines.all());
        List<String> failed = Arrays.stream(faults).filter(Objects::nonNull).toList();
        failed.forEach(screen::warn);
        return failed.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private FitSettings settings(double pixelScale) {
        try {
            return new FitSettings(model, pixelScale, rays);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--pixel-scale, --rays: " + e.getMessage(), e);
        }
    }

    private List<ImageFile> files() throws IOException {
        for (Path path : paths) {
            if (!Files.isReadable(path)) {
                throw new ParameterException(spec.commandLine(), "There is no readable file or folder " + path + ".");
            }
        }
        List<ImageFile> files = new ArrayList<>(ImageFiles.find(paths, Screen.of(spec.commandLine())::warn));
        if (residuals != null) {
            // Pictures of a run before are no images to fit.
            Path pictures = residuals.toAbsolutePath().normalize();
            files.removeIf(file -> file.path().toAbsolutePath().normalize().startsWith(pictures));
        }
        if (files.isEmpty()) {
            throw new CommandFailure("No image file (.npy, .npz, FITS, PNG) in " + paths + ".");
        }
        Map<String, Path> named = new HashMap<>();
        for (ImageFile file : files) {
            Path other = named.putIfAbsent(file.imageId(), file.path());
            if (other != null) {
                throw new CommandFailure(other + " and " + file.path() + " would both be called " + file.imageId()
                        + "; name a folder above both.");
            }
        }
        return files;
    }

    private void makeFolder() {
        try {
            Files.createDirectories(residuals);
        } catch (IOException e) {
            throw new CommandFailure("The folder " + residuals + " could not be made: " + e, e);
        }
    }

    private Writer writer() {
        try {
            return out == null ? Writer.nullWriter() : Files.newBufferedWriter(out);
        } catch (IOException e) {
            throw new CommandFailure("The fits could not be written to " + out + ": " + e, e);
        }
    }

    private FitLine fitted(ImageFile file) throws IOException, ImageFormatException {
        ImageLimits.DEFAULT.checkFile(Files.size(file.path()));
        FloatImage image = ImageCodecs.decodeWithGaps(Files.readAllBytes(file.path()), ImageLimits.DEFAULT);
        LensFit fit = new LensFitter(new FitSettings(model, pixelScale(image), rays)).fit(image);
        if (residuals != null) {
            Path picture = residuals.resolve(file.imageId() + ".png");
            Files.createDirectories(Objects.requireNonNull(picture.getParent()));
            Files.write(picture, ResidualPicture.png(file.imageId(), image, fit));
        }
        return FitLine.of(file.imageId(), fit);
    }

    private double pixelScale(FloatImage image) {
        if (pixelScaleArcsec != null) {
            return pixelScaleArcsec;
        }
        String said = image.header().get("PIXSCALE");
        try {
            return said == null ? USUAL_PIXEL_ARCSEC : Double.parseDouble(said);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("PIXSCALE must be a number of arcsec; got '" + said + "'", e);
        }
    }

    private void report(Screen screen, List<FitLine> lines) throws IOException {
        if (json) {
            for (FitLine line : lines) {
                screen.say(JSON.writeValueAsString(line));
            }
        } else {
            FitTable.of(lines).forEach(screen::say);
            screen.say(String.format(
                    Locale.ROOT,
                    "%d fitted, %d of them down to the noise.",
                    lines.size(),
                    lines.stream().filter(FitLine::trusted).count()));
        }
    }
}
