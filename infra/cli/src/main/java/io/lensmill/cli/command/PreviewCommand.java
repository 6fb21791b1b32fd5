package io.lensmill.cli.command;

import io.lensmill.cli.messages.ImageFiles;
import io.lensmill.cli.messages.ImageFiles.ImageFile;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.FileFault;
import io.lensmill.cli.terminal.Progress;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.format.ImageCodecs;
import io.lensmill.imaging.picture.ColourMap;
import io.lensmill.imaging.picture.ContactSheet;
import io.lensmill.imaging.picture.ContactSheet.Look;
import io.lensmill.imaging.picture.ContactSheet.Row;
import io.lensmill.imaging.picture.ContactSheet.Stretch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lensmill preview}: a picture of image files, for people. */
@Command(
        name = "preview",
        description = "Write a PNG that shows image files (.npy, .npz, FITS, PNG): one image large, or a contact sheet"
                + " with a row of images for each folder. Missing pixels (NaN) have the colour of the darkest.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lensmill preview cutout.fits --stretch asinh",
            "  lensmill preview lenses/val --count 16 --out lenses.png",
            "  lensmill preview night.npz --array lens_7"
        })
public final class PreviewCommand implements Callable<Integer> {

    private static final int LARGE = 600;
    private static final int SMALL = 150;

    /** What --stretch takes. */
    enum Brightness {
        LINEAR(Stretch.EACH),
        ASINH(Stretch.EACH_ASINH),
        UNIT(Stretch.UNIT);

        private final Stretch stretch;

        Brightness(Stretch stretch) {
            this.stretch = stretch;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "Image files, or folders of them.")
    private List<Path> paths;

    @Option(
            names = "--out",
            paramLabel = "PNG",
            defaultValue = "preview.png",
            description = "File to write; replaced when it exists. Default: ${DEFAULT-VALUE}.")
    private Path out;

    @Option(
            names = "--colours",
            paramLabel = "MAP",
            defaultValue = "INFERNO",
            description = "Colour map: inferno, viridis, or blue_red for values on both sides of a middle. Default:"
                    + " inferno.")
    private ColourMap colours;

    @Option(
            names = "--stretch",
            paramLabel = "S",
            defaultValue = "LINEAR",
            description = "linear: from each image's smallest to its largest value; asinh: the same, faint light"
                    + " brightened; unit: from 0 to 1. Default: linear.")
    private Brightness brightness;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "24",
            description = "Images of each folder at most. Default: ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--array", paramLabel = "NAME", description = "Array of .npz files that hold several images.")
    private String array;

    @Override
    public Integer call() throws IOException {
        check();
        Map<String, List<ImageFile>> folders = folders();
        int files = folders.values().stream().mapToInt(List::size).sum();
        if (files == 0) {
            throw new CommandFailure("No image file (.npy, .npz, FITS, PNG) in " + paths + ".");
        }
        Screen screen = Screen.of(spec.commandLine());
        List<Row> rows = new ArrayList<>();
        try (Progress progress = screen.progress("reading", "images", files)) {
            for (Map.Entry<String, List<ImageFile>> folder : folders.entrySet()) {
                rows.addAll(rows(folder.getKey(), folder.getValue(), progress));
            }
        }
        write(ContactSheet.png(rows, look(rows, files)));
        screen.say("Wrote " + files + (files == 1 ? " image to " : " images to ") + out + ".");
        return CommandLine.ExitCode.OK;
    }

    private void check() {
        Checked.range(spec.commandLine(), "--count", count, 1, 1000);
        for (Path path : paths) {
            if (!Files.isReadable(path)) {
                throw new ParameterException(spec.commandLine(), "There is no readable file or folder " + path + ".");
            }
        }
    }

    /** The files to show by the name of their folder, no more of each than asked for. */
    private Map<String, List<ImageFile>> folders() throws IOException {
        Map<String, List<ImageFile>> folders = new LinkedHashMap<>();
        for (ImageFile file : ImageFiles.find(paths, Screen.of(spec.commandLine())::warn)) {
            List<ImageFile> folder = folders.computeIfAbsent(file.folder().orElse("."), name -> new ArrayList<>());
            if (folder.size() < count) {
                folder.add(file);
            }
        }
        return folders;
    }

    /** Images under the name of their folder; a single one under its own name and what is known of it. */
    private List<Row> rows(String folder, List<ImageFile> files, Progress progress) throws IOException {
        List<FloatImage> images = new ArrayList<>();
        for (ImageFile file : files) {
            images.add(read(file.path()));
            progress.advance();
        }
        if (files.size() > 1) {
            return List.of(new Row(folder + "  " + files.size() + " images", images));
        }
        String name = files.get(0).path().getFileName().toString();
        return List.of(new Row(name, List.of()), new Row(described(images.get(0)), images));
    }

    private FloatImage read(Path file) throws IOException {
        if (Files.size(file) > ImageLimits.DEFAULT.maxFileBytes()) {
            throw new CommandFailure(file + " has more than " + ImageLimits.DEFAULT.maxFileBytes() + " bytes.");
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            return array == null
                    ? ImageCodecs.decodeWithGaps(bytes, ImageLimits.DEFAULT)
                    : ImageCodecs.decodeArray(bytes, array, ImageLimits.DEFAULT);
        } catch (ImageFormatException e) {
            throw new CommandFailure(file + ": " + e.getMessage(), e);
        }
    }

    /** Size, smallest and largest value, and what a FITS header says of filter and pixels. */
    private static String described(FloatImage image) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (float value : image.pixels()) {
            min = value < min ? value : min;
            max = value > max ? value : max;
        }
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%d x %d  %.3g to %.3g", image.width(), image.height(), min, max));
        for (String keyword : List.of("BUNIT", "FILTER", "PIXSCALE")) {
            if (image.header().containsKey(keyword)) {
                text.append("  ").append(image.header().get(keyword));
            }
        }
        return image.header().containsKey("PIXSCALE") ? text.append('"').toString() : text.toString();
    }

    /** Cells of a whole multiple of the first image's size, so that images of one size fill them. */
    private Look look(List<Row> rows, int files) {
        FloatImage first =
                rows.stream().flatMap(row -> row.images().stream()).findFirst().orElseThrow();
        int wanted = files == 1 ? LARGE : SMALL;
        int side = Math.max(first.width(), first.height());
        int cell = side >= wanted ? Math.min(side, 1024) : wanted / side * side;
        return new Look(files == 1 ? 1 : 8, files == 1 ? cell : Math.min(cell, 2 * SMALL), colours, brightness.stretch);
    }

    private void write(byte[] png) {
        try {
            Files.write(out, png);
        } catch (IOException e) {
            throw new CommandFailure("The picture could not be written to " + out + ": " + FileFault.of(e), e);
        }
    }
}
