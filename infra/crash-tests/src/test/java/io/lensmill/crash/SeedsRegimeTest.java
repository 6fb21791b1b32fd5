package io.lensmill.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.benchmark.RandomClassifier;
import io.lensmill.cli.messages.Broker;
import io.lensmill.cli.messages.KafkaServers;
import io.lensmill.cli.messages.Latest;
import io.lensmill.cli.report.ReportDetails;
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
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.imaging.simulation.LensSimulator;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.local.Home;
import io.lensmill.local.LocalStack;
import io.lensmill.local.Ports;
import io.lensmill.local.TemporaryFolder;
import io.lensmill.local.Worker;
import io.lensmill.storage.MinioObjectStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What realism looks like when the extractor is a ResNet-18 with random weights, as the seeds' was, all the way from
 * images to reports: sets that have little in common are "alike", and everything is "one mode". With their bandwidths
 * 0.2, 0.3 and 0.4 the seeds read mode counts of 1.026, 1.012 and 1.007 and a FID of 0.00095. The report must say that
 * this means nothing. Both packaged workers run; {@code infra/crash-tests/run} runs this.
 */
@Tag("worker-process")
class SeedsRegimeTest {

    private static final RandomClassifier CLASSIFIER = RandomClassifier.RES_NET_18_64;
    /** Above the 512 dimensions: no covariance is singular. */
    private static final int COUNT = 600;

    private static final Map<String, Double> SEEDS_MODES = Map.of("0.2", 1.026, "0.3", 1.012, "0.4", 1.007);

    private static final String MODEL = "never-trained";
    private static final String REAL = "regime/real";
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    @Test
    void setsThatDifferLookAlikeToRandomWeightsAndTheReportSaysSo() throws Exception {
        TemporaryFolder folder = TemporaryFolder.create("lensmill-regime");
        try (LocalStack stack = new LocalStack(
                Home.path(),
                folder.path(),
                Ports.free(),
                EnumSet.of(Worker.CLASSIFIER, Worker.METRICS),
                List.of("-Dlensmill.metrics.bandwidths=0.2,0.3,0.4,auto"))) {
            // Given
            stack.start(line -> {});
            try (Broker broker = Broker.connect(KafkaServers.at(stack.bootstrapServers()), Topics.ALL)) {
                broker.send(
                        Topics.MODELS, MODEL, CLASSIFIER.release(MinioObjectStore.connect(stack.store()), MODEL, 1));
                LensSimulator simulator =
                        new LensSimulator(SimulationModel.DEMO.settings().withSize(CLASSIFIER.imageSize()));

                // When: the smooth lenses, and as generated ones the lenses with vortices
                publish(broker, REAL, ImageRole.REAL, i -> simulator.simulate(LensClass.NO, 1, i));
                publish(
                        broker,
                        "regime/vortices",
                        ImageRole.GENERATED,
                        i -> simulator.simulate(LensClass.VORTEX, 2, i));
                MetricReport vortices = await(stack, broker, "regime/vortices");

                // Then
                requireMeaningless(vortices);
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
                                    && report.getRealism().getReferenceCount() == COUNT
                                    && ReportDetails.areCurrent(report.getRealism()));
        }
    }

    private static void requireMeaningless(MetricReport report) {
        RealismMetrics realism = report.getRealism();
        System.out.println(text(report));
        String numbers = text(report);
        assertThat(report.getStatus()).as(numbers).isEqualTo(EstimateStatus.UNTRAINED_EXTRACTOR);
        requireFlagged(realism.getFid(), numbers);
        requireFlagged(realism.getFidFloor(), numbers);
        assertThat(realism.getFid().getValue()).as(numbers).isBetween(0.0001, 0.005);
        assertThat(realism.getKernels()).extracting(KernelMetrics::getName).containsAll(SEEDS_MODES.keySet());
        for (KernelMetrics kernel : realism.getKernels()) {
            requireFlagged(kernel.getRkeModeCount(), numbers);
            requireFlagged(kernel.getRkeModeCountReference(), numbers);
            requireFlagged(kernel.getRrke(), numbers);
            if (SEEDS_MODES.containsKey(kernel.getName())) {
                double beyondOne = SEEDS_MODES.get(kernel.getName()) - 1;
                assertThat(kernel.getRkeModeCount().getValue() - 1).as(numbers).isBetween(beyondOne / 2, beyondOne * 2);
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
