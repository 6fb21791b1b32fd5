package io.lensmill.metricsworker.page;

import io.lensmill.contracts.ClassificationMetrics;
import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateDraft;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.ImageRole;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobKind;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.KernelMetrics;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.ModelFile;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.ModelTask;
import io.lensmill.contracts.RealismMetrics;
import io.lensmill.contracts.ReliabilityPoint;
import io.lensmill.contracts.RocCurve;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.metrics.classification.ForeignAccumulator;
import io.lensmill.reports.estimates.ApplicabilityFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Messages as the workers of a busy evening would send them. */
public final class PageMessages {

    private static final List<String> CLASSES = List.of("no", "sphere", "vort");
    private static final String JACKKNIFE = "jackknife 95 %";

    private PageMessages() {}

    public static JobEvent.Builder job(String jobId, JobKind kind, JobState state, Instant at) {
        return JobEvent.newBuilder()
                .setJobId(jobId)
                .setKind(kind)
                .setState(state)
                .setOccurredAt(at);
    }

    /** A classifier's training after each tenth of an epoch. */
    public static List<JobEvent> training(String jobId, int events, Instant end) {
        List<JobEvent> training = new ArrayList<>();
        for (int i = 1; i <= events; i++) {
            double epochs = Math.floor(i / 10.0);
            JobEvent.Builder event = job(
                            jobId, JobKind.CLASSIFIER_TRAINING, JobState.RUNNING, end.minusSeconds(5L * (events - i)))
                    .setStep(20L * i)
                    .setTotalSteps(2_400)
                    .setEpoch((int) epochs)
                    .setTotalEpochs(12)
                    .setLoss(1.1 * Math.exp(-i / 30.0) + 0.06 + 0.03 * Math.abs(Math.sin(7.0 * i)))
                    .setEtaSeconds(6.0 * (120 - i));
            if (epochs > 0) {
                event.setMetrics(Map.of(
                        "validationLoss",
                        1.05 * Math.exp(-epochs / 3.5) + 0.12,
                        "validationAccuracy",
                        1 - 0.6 * Math.exp(-epochs / 2.5),
                        "validationAucMacro",
                        1 - 0.4 * Math.exp(-epochs / 2.5),
                        "imagesPerSecond",
                        212.4));
            }
            training.add(event.build());
        }
        return training;
    }

    public static MetricReport real(String modelId, String collection, Instant at) {
        return report(modelId, collection, ImageRole.REAL, 600, at)
                .setClassification(classification())
                .setStatus(EstimateStatus.OK)
                .build();
    }

    /** A collection that the model is not made for. */
    public static MetricReport foreign(String modelId, String collection, Instant at) {
        ForeignAccumulator counts = new ForeignAccumulator();
        for (int i = 0; i < 30; i++) {
            counts.add(i > 0, 0.05);
        }
        return report(modelId, collection, ImageRole.REAL, 30, at)
                .setFigures(ApplicabilityFigures.of(counts))
                .setStatus(EstimateStatus.FOREIGN)
                .build();
    }

    /** A generated collection that grows: FID falls towards its floor. */
    public static MetricReport generated(String modelId, String collection, String reference, int n, Instant at) {
        return report(modelId, collection, ImageRole.GENERATED, n, at)
                .setRealism(realism(reference, n))
                .setStatus(EstimateStatus.TOO_FEW)
                .build();
    }

    public static ModelPublished diffusionModel(String modelId, Instant at) {
        return ModelPublished.newBuilder()
                .setModelId(modelId)
                .setTask(ModelTask.DIFFUSION)
                .setNetwork("{}")
                .setObjectPrefix("models/" + modelId + "/")
                .setFiles(List.of(new ModelFile("contact-sheet.png", 1L, "0")))
                .setInputSize(64)
                .setPreprocessing("minmax-v1")
                .setDataset("lenses")
                .setDatasetSha256("0")
                .setCreatedAt(at)
                .setCodeVersion("test")
                .setJobId(modelId)
                .build();
    }

    public static SampleBatch samples(String jobId, int firstIndex, String sheet, Instant at) {
        return SampleBatch.newBuilder()
                .setJobId(jobId)
                .setModelId("ddpm-night-1")
                .setCollection("made/" + jobId)
                .setReference("held-out")
                .setFirstIndex(firstIndex)
                .setCount(64)
                .setHeight(64)
                .setWidth(64)
                .setArrayKey("samples/" + jobId + "/000000.npy")
                .setSha256("0")
                .setContactSheetKey(sheet)
                .setCreatedAt(at)
                .build();
    }

    private static MetricReport.Builder report(String modelId, String collection, ImageRole role, int n, Instant at) {
        return MetricReport.newBuilder()
                .setModelId(modelId)
                .setCollection(collection)
                .setRole(role)
                .setSequence(n)
                .setEmittedAt(at)
                .setExtractorId(modelId + ":weights:minmax-v1")
                .setReceived(n + 3)
                .setCounted(n)
                .setDuplicates(3);
    }

    private static ClassificationMetrics classification() {
        return ClassificationMetrics.newBuilder()
                .setClasses(CLASSES)
                .setLabelled(600)
                .setPredicted(List.of(205L, 195L, 200L))
                .setAuc(List.of(area(0.987, 0.979, 0.993), area(0.951, 0.934, 0.965), area(0.968, 0.955, 0.979)))
                .setAucMacro(area(0.969, 0.956, 0.979))
                .setAucBounds(List.of(area(0.987, 0.987, 0.987), area(0.951, 0.951, 0.951), area(0.968, 0.968, 0.968)))
                .setAccuracy(EstimateDraft.by("exact", 600)
                        .value(0.902)
                        .interval("Wilson 95 %", 0.875, 0.923)
                        .build())
                .setCalibrationError(EstimateDraft.by("bins of equal width of the highest probability", 600)
                        .value(0.031)
                        .parameter("ofCalibratedClassifier", 0.02)
                        .build())
                .setReliability(List.of(
                        new ReliabilityPoint(21L, 0.42, 0.48),
                        new ReliabilityPoint(64L, 0.61, 0.56),
                        new ReliabilityPoint(130L, 0.83, 0.86),
                        new ReliabilityPoint(385L, 0.97, 0.994)))
                .setLateLabels(40)
                .setConfusion(List.of(List.of(188L, 9L, 3L), List.of(12L, 172L, 16L), List.of(5L, 14L, 181L)))
                .setRocCurves(List.of(roc("no", 0.987), roc("sphere", 0.951), roc("vort", 0.968)))
                .build();
    }

    private static Estimate area(double value, double lower, double upper) {
        return EstimateDraft.by("binned ROC", 600)
                .value(value)
                .interval("Hanley-McNeil 95 %", lower, upper)
                .build();
    }

    /** y = x^a has the area 1/(1+a). */
    private static RocCurve roc(String name, double area) {
        List<Double> across = new ArrayList<>();
        List<Double> up = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            double x = Math.pow(i / 199.0, 3);
            across.add(x);
            up.add(Math.pow(x, 1 / area - 1));
        }
        return new RocCurve(name, across, up);
    }

    private static RealismMetrics realism(String reference, int n) {
        double floor = 590.0 / n;
        double fid = floor + 5.4 + 0.3 * Math.sin(n);
        return RealismMetrics.newBuilder()
                .setReference(reference)
                .setReferenceCount(600)
                .setEmbeddingSize(128)
                .setFid(EstimateDraft.by("exact", n)
                        .value(fid)
                        .interval(JACKKNIFE, 0.9 * fid, 1.1 * fid)
                        .flag(EstimateStatus.TOO_FEW, n + " images for 128 dimensions: FID is mostly bias here.")
                        .build())
                .setFidFloor(EstimateDraft.by("exact", n).value(floor).build())
                .setFidInfinity(EstimateDraft.by("line", n)
                        .value(5.2)
                        .interval(JACKKNIFE, 3.9, 6.5)
                        .build())
                .setKid(EstimateDraft.by("unbiased", n)
                        .value(0.012)
                        .interval(JACKKNIFE, 0.007, 0.017)
                        .build())
                .setMemorised(EstimateDraft.by("nearest", n)
                        .value(0.016)
                        .interval("Wilson 95 %", 0.006, 0.04)
                        .build())
                .setKernels(List.of(kernel("4", 4, 31.2, 0.41, n), kernel("auto", 9.37, 5.6, 0.15, n)))
                .build();
    }

    private static KernelMetrics kernel(String name, double bandwidth, double modes, double relative, int n) {
        double seen = modes * (1 - Math.exp(-n / 40.0));
        return KernelMetrics.newBuilder()
                .setName(name)
                .setBandwidth(bandwidth)
                .setRkeModeCount(EstimateDraft.by("exact", n)
                        .value(seen)
                        .interval(JACKKNIFE, 0.93 * seen, 1.07 * seen)
                        .build())
                .setRkeModeCountReference(EstimateDraft.by("exact", 600)
                        .value(1.15 * modes)
                        .interval(JACKKNIFE, 1.1 * modes, 1.2 * modes)
                        .build())
                .setRrke(EstimateDraft.by("exact", n)
                        .value(relative + Math.exp(-n / 60.0))
                        .build())
                .build();
    }
}
