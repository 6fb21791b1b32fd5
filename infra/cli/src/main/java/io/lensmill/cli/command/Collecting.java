package io.lensmill.cli.command;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.CollectedDataset;
import io.lensmill.cli.messages.PublishedCollection;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.Progress;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.storage.ObjectStore;
import java.util.stream.Collectors;

/** The images of a collection become a dataset, and the screen tells what it holds. */
final class Collecting {

    private Collecting() {}

    /**
     * @param labelledOnly whether images without a class are left out
     * @throws CommandFailure when the collection has no image, or none with a class where one is asked for
     */
    static void into(
            Screen screen, Broker broker, ObjectStore store, String collection, String dataset, boolean labelledOnly) {
        PublishedCollection published;
        try (Progress progress = screen.progress("reading", "images", 0)) {
            published = PublishedCollection.read(broker, collection, progress);
        }
        if (published.images().isEmpty()) {
            throw new CommandFailure("No image of the collection '" + collection + "' stands on the images topic: none"
                    + " was published in it, or the broker keeps images no longer (its retention).");
        }
        CollectedDataset.Outcome outcome = new CollectedDataset(store, published, labelledOnly).store(dataset);
        if (labelledOnly && outcome.labelled() == 0) {
            throw new CommandFailure("None of the " + published.images().size() + " images of the collection '"
                    + collection + "' has a label that is a class. Send labels with: lensmill label FILE --collection "
                    + collection);
        }
        String classes = outcome.byClass().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        screen.say("Dataset %s: %d images of collection %s%s%s%s."
                .formatted(
                        dataset,
                        outcome.labelled() + outcome.unlabelled(),
                        collection,
                        classes.isEmpty() ? "" : " (" + classes + ")",
                        outcome.unlabelled() == 0 ? "" : ", " + outcome.unlabelled() + " without a class",
                        outcome.leftOut() == 0 ? "" : "; " + outcome.leftOut() + " left out"));
    }
}
