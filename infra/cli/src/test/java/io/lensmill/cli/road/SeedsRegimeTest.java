package io.lensmill.cli.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.cli.benchmark.RandomClassifier;
import io.lensmill.cli.local.Home;
import io.lensmill.cli.local.LocalStack;
import io.lensmill.cli.local.Ports;
import io.lensmill.cli.local.TemporaryFolder;
import io.lensmill.cli.local.Worker;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.cli.messages.Latest;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.ImageFormat;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.KernelMetrics;
import io.lensmill.contracts.LensImage;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.contracts.Topics;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.NpyCodec;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.imaging.simulation.LensSimulator;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.storage.MinioObjectStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What realism looks like when the extractor is a network with random weights, all the way from images to reports: sets
 * that have little in common are "alike", and everything is "one mode". The report must say that this means nothing.
 * Both packaged workers run; {@code infra/crash-tests} runs this.
 */
@Tag("worker-process")
class SeedsRegimeTest {

    private static final RandomClassifier CLASSIFIER = RandomClassifier.FAST_64;
    private static final int DIMENSIONS = 128;
    /** Above 5 per dimension, so that nothing but the extractor is amiss. */
    private static final int COUNT = 5 * DIMENSIONS + 20;

    private static final String MODEL = "never-trained";
    private static final String REAL = "regime/real";
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @Test
    void setsThatDifferLookAlikeToRandomWeightsAndTheReportSaysSo() throws Exception {
        TemporaryFolder folder = TemporaryFolder.create("lensmill-regime");
        try (LocalStack stack = new LocalStack(
                Home.path(), folder.path(), Ports.free(), EnumSet.of(Worker.CLASSIFIER, Worker.METRICS))) {
            // Given
            stack.start(line -> {});
            try (Broker broker = Broker.connect(KafkaServers.at(stack.bootstrapServers()), Topics.ALL)) {
                broker.send(
                        Topics.MODELS, MODEL, CLASSIFIER.release(MinioObjectStore.connect(stack.store()), MODEL, 1));
                LensSimulator simulator =
                        new LensSimulator(SimulationModel.DEMO.settings().withSize(CLASSIFIER.imageSize()));

                // When: the smooth lenses, and as generated ones the lenses with vortices, and lenses upside down in
                // light
                publish(broker, REAL, ImageRole.REAL, i -> simulator.simulate(LensClass.NO, 1, i));
                publish(
                        broker,
                        "regime/vortices",
                        ImageRole.GENERATED,
                        i -> simulator.simulate(LensClass.VORTEX, 2, i));
                MetricReport vortices = await(stack, broker, "regime/vortices");

                // Then
                requireMeaningless(vortices, 0.005);
            }
        } finally {
            folder.delete();
        }
    }

    private static void publish(Broker broker, String collection, ImageRole role, IntFunction<FloatImage> image) {
        IntStream.range(0, COUNT).forEach(i -> {
            String id = collection + "/" + i;
            LensImage message = LensImage.newBuilder()
                    .setImageId(id)
                    .setCollection(collection)
                    .setRole(role)
                    .setReference(role == ImageRole.GENERATED ? REAL : null)
                    .setModelId(MODEL)
                    .setFormat(ImageFormat.NPY)
                    .setPixels(ByteBuffer.wrap(NpyCodec.encode(image.apply(i))))
                    .build();
            broker.enqueue(Topics.IMAGES, id, Envelope.encode(message), Map.of());
        });
        broker.flush();
    }

    /** The report over all images of the collection and its reference. */
    private static MetricReport await(LocalStack stack, Broker broker, String collection) {
        try (Latest<MetricReport> reports = Latest.of(broker, Topics.REPORTS, MetricReport.class)) {
            return Awaitility.await("the report of " + collection)
                    .atMost(PATIENCE)
                    .until(
                            () -> {
                                stack.requireAlive();
                                reports.refresh();
                                return reports.byKey().get(MODEL + "/" + collection);
                            },
                            report -> report != null
                                    && report.getCounted() == COUNT
                                    && report.getRealism() != null
                                    && report.getRealism().getReferenceCount() == COUNT);
        }
    }

    private static void requireMeaningless(MetricReport report, double largestFid) {
        RealismMetrics realism = report.getRealism();
        System.out.println(text(report));
        String numbers = text(report);
        assertThat(report.getStatus()).as(numbers).isEqualTo(EstimateStatus.UNTRAINED_EXTRACTOR);
        requireFlagged(realism.getFid(), numbers);
        requireFlagged(realism.getFidFloor(), numbers);
        assertThat(realism.getFid().getValue()).as(numbers).isLessThan(largestFid);
        for (KernelMetrics kernel : realism.getKernels()) {
            requireFlagged(kernel.getRkeModeCount(), numbers);
            requireFlagged(kernel.getRkeModeCountReference(), numbers);
            requireFlagged(kernel.getRrke(), numbers);
            if (!kernel.getName().equals("auto")) {
                assertThat(kernel.getRkeModeCount().getValue()).as(numbers).isBetween(1.0, 1.1);
            }
        }
    }

    private static void requireFlagged(Estimate estimate, String numbers) {
        assertThat(estimate.getStatus()).as(numbers).isEqualTo(EstimateStatus.UNTRAINED_EXTRACTOR);
        assertThat(estimate.getReason()).as(numbers).contains("never trained");
    }

    private static String text(MetricReport report) {
        StringBuilder text = new StringBuilder(report.getCollection() + ": FID "
                + report.getRealism().getFid().getValue() + ", floor "
                + report.getRealism().getFidFloor().getValue());
        report.getRealism().getKernels().forEach(kernel -> text.append("; bandwidth ")
                .append(kernel.getName())
                .append(" (")
                .append(kernel.getBandwidth())
                .append("): modes ")
                .append(kernel.getRkeModeCount().getValue())
                .append(", of the reference ")
                .append(kernel.getRkeModeCountReference().getValue()));
        return text.append("; status ").append(report.getStatus()).toString();
    }
}
