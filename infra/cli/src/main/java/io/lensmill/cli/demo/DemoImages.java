package io.lensmill.cli.demo;

import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.ImageFiles;
import io.lensmill.cli.messages.ImageFiles.ImageFile;
import io.lensmill.cli.messages.ImageOutcomes;
import io.lensmill.cli.messages.ImagePublisher;
import io.lensmill.cli.terminal.Progress;
import io.lensmill.cli.terminal.Screen;
import io.lensmill.contracts.MetricReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Publishes the demo's images and keeps account of what becomes of them, and of the generated ones. */
final class DemoImages {

    private final Broker broker;
    private final Screen screen;
    private final Runnable check;
    private ImageOutcomes published;
    private ImageOutcomes generated;
    private int publishedCount;

    DemoImages(Broker broker, Screen screen, Runnable check) {
        this.broker = broker;
        this.screen = screen;
        this.check = check;
    }

    /** Publishes every image of the folder, labelled with its class, and the broken ones. */
    Void publish(String collection, Path folder) throws IOException {
        List<ImageFile> files = ImageFiles.find(List.of(folder), screen::warn);
        Map<String, byte[]> broken = BrokenImages.files();
        published = ImageOutcomes.open(broker, collection, id -> true);
        ImagePublisher publisher = new ImagePublisher(broker, collection);
        for (ImageFile file : files) {
            publisher.publish(file.imageId(), Files.readAllBytes(file.path()), file.folder());
        }
        broken.forEach((id, file) -> publisher.publish(id, file, Optional.empty()));
        broker.flush();
        publishedCount = files.size() + broken.size();
        screen.say("        %d images and %d broken ones".formatted(files.size(), broken.size()));
        return null;
    }

    Void awaitPublished() throws InterruptedException {
        await(published, publishedCount, "    classified or refused");
        published.refused().forEach((id, reason) -> screen.say("        refused " + id + ": " + reason));
        return null;
    }

    /** To be called before they are asked for, so that no outcome is missed. */
    void watchGenerated(String collection) {
        generated = ImageOutcomes.open(broker, collection, id -> false);
    }

    void awaitGenerated(int count) throws InterruptedException {
        await(generated, count, "    generated ones classified");
    }

    int classified() {
        return published.classified().size();
    }

    int generatedClassified() {
        return generated.classified().size();
    }

    Findings findings(MetricReport heldOut, MetricReport made, DemoJobs jobs, int asked) {
        // One more look: a second outcome of an image would spoil the account, and must be seen.
        published.look();
        generated.look();
        return new Findings(
                publishedCount,
                classified(),
                published.refused(),
                asked,
                generatedClassified(),
                heldOut,
                made,
                jobs.eventsOf("demo-classifier"),
                jobs.eventsOf("demo-diffusion"));
    }

    private void await(ImageOutcomes outcomes, int count, String title) throws InterruptedException {
        try (Progress progress = screen.progress(title, "images", count)) {
            while (outcomes.ended() < count) {
                outcomes.look();
                progress.at(outcomes.ended(), "");
                check.run();
                if (Thread.interrupted()) {
                    throw new InterruptedException("Stopped waiting for outcomes");
                }
            }
        }
    }
}
