package io.lensmill.cli.command;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.ImageFiles;
import io.lensmill.cli.messages.ImageFiles.ImageFile;
import io.lensmill.cli.messages.ImageOutcomes;
import io.lensmill.cli.messages.ImagePublisher;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.Progress;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.ImageMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Image files on their way to the classifier worker and back as outcomes: what 'publish' and 'classify' share. */
final class ImageRound {

    private final List<ImageFile> files;
    private final Set<String> ids;

    private ImageRound(List<ImageFile> files) {
        this.files = files;
        this.ids = files.stream().map(ImageFile::imageId).collect(Collectors.toSet());
    }

    /**
     * @throws ParameterException when a path cannot be read
     * @throws CommandFailure when there is no image, or two would get the same id
     */
    static ImageRound of(CommandLine commandLine, List<Path> paths) throws IOException {
        for (Path path : paths) {
            if (!Files.isReadable(path)) {
                throw new ParameterException(commandLine, "There is no readable file or folder " + path + ".");
            }
        }
        ImageRound round = new ImageRound(ImageFiles.find(paths, Screen.of(commandLine)::warn));
        if (round.files.isEmpty()) {
            throw new CommandFailure("No image file (.npy, .npz, FITS, PNG) in " + paths + ".");
        }
        if (round.ids.size() < round.files.size()) {
            throw new CommandFailure("Two of the files would get the same id; name their common folder instead.");
        }
        return round;
    }

    /** Ids of the images. */
    Set<String> ids() {
        return ids;
    }

    /** Sends every image; returns when the broker has all of them. */
    void publish(Screen screen, Broker broker, ImagePublisher publisher, Function<ImageFile, Optional<String>> labelOf)
            throws IOException {
        try (Progress progress = screen.progress("publishing", "images", files.size())) {
            for (ImageFile file : files) {
                requireMessageSize(file);
                publisher.publish(file.imageId(), Files.readAllBytes(file.path()), labelOf.apply(file));
                progress.advance();
            }
            broker.flush();
        }
    }

    private static void requireMessageSize(ImageFile file) throws IOException {
        if (Files.size(file.path()) > ImageMessages.MAX_PIXEL_BYTES) {
            throw new CommandFailure(file.path() + " has " + Files.size(file.path()) + " bytes; "
                    + ImageMessages.MAX_PIXEL_BYTES + " fit into a message.");
        }
    }

    /**
     * Returns when each image is classified or refused.
     *
     * @param timeout longest time without any outcome
     * @throws CommandFailure after it
     */
    void await(Screen screen, ImageOutcomes outcomes, Duration timeout) {
        try (Progress progress = screen.progress("classifying", "images", ids.size())) {
            Instant deadline = Instant.now().plus(timeout);
            int ended = 0;
            while (ended < ids.size()) {
                outcomes.look();
                if (outcomes.ended() > ended) {
                    ended = outcomes.ended();
                    deadline = Instant.now().plus(timeout);
                    progress.at(ended, "");
                } else if (Instant.now().isAfter(deadline)) {
                    throw new CommandFailure("No outcome for " + timeout.toSeconds() + " s; " + ended + " of "
                            + ids.size()
                            + " images have one. Does the classifier worker run, and is a model trained?");
                }
            }
        }
    }
}
