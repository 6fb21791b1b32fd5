package io.lensmill.contracts;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One message of each kind with every field set: what the committed sample files hold. */
final class SampleMessages {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final String HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private SampleMessages() {}

    static Map<String, SpecificRecord> all() {
        Map<String, SpecificRecord> all = new LinkedHashMap<>();
        all.put("LensImage", lensImage());
        all.put("Classification", classification());
        all.put("TrainingRequest", trainingRequest());
        all.put("GenerationRequest", generationRequest());
        all.put("CancelRequest", new CancelRequest("1.0", "train-7", "superseded"));
        all.put("JobEvent", jobEvent());
        all.put("ModelPublished", modelPublished());
        all.put("SampleBatch", sampleBatch());
        all.put("MetricReport", metricReport());
        all.put(
                "CollectionCommand",
                new CollectionCommand("1.3", "generated/a", "train-7", CollectionAction.RESET, "new run", NOON));
        all.put("ImageLabel", new ImageLabel("1.3", "hst-0042", "survey/field-3", "vort", NOON));
        all.put(
                "UnseenRecords",
                new UnseenRecords("1.7", "lensmill-classifier", "lensmill.images", 2, 5L, 10L, true, NOON));
        return all;
    }

    static LensImage lensImage() {
        return LensImage.newBuilder()
                .setImageId("hst-0042")
                .setCollection("survey/field-3")
                .setRole(ImageRole.REAL)
                .setReference("survey/field-1")
                .setLabel("sphere")
                .setModelId("train-7")
                .setFormat(ImageFormat.NPY)
                .setPixels(ByteBuffer.wrap(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'}))
                .setAttributes(Map.of("rightAscension", "150.1°"))
                .build();
    }

    private static Classification classification() {
        ByteBuffer embedding = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        embedding.putFloat(0.5f).putFloat(-1.25f).flip();
        return Classification.newBuilder()
                .setResultId(HASH)
                .setImageId("hst-0042")
                .setCollection("survey/field-3")
                .setRole(ImageRole.GENERATED)
                .setReference("survey/field-1")
                .setLabel("sphere")
                .setModelId("train-7")
                .setExtractorId("train-7:9f86d081:minmax-v1")
                .setScores(List.of(
                        new ClassScore("no", 0.125f), new ClassScore("sphere", 0.75f), new ClassScore("vort", 0.125f)))
                .setPredictedClass("sphere")
                .setEmbedding(embedding)
                .setEmbeddingSize(2)
                .setForeignness(new Foreignness(19.5, 0.9875, true, 0.05))
                .setClassifiedAt(NOON)
                .setAttributes(Map.of("rightAscension", "150.1°"))
                .build();
    }

    private static TrainingRequest trainingRequest() {
        return new TrainingRequest(
                "1.6",
                "train-7",
                "lenses",
                "demo",
                Map.of("epochs", "3"),
                42L,
                "train-6",
                "survey/field-3",
                "survey/field-4");
    }

    private static GenerationRequest generationRequest() {
        return new GenerationRequest(
                "1.4",
                "generate-3",
                "latest",
                64,
                Sampler.DPM_SOLVER_PP,
                50,
                0.5,
                7L,
                "generated/a",
                "lenses/val",
                List.of(SampleFormat.NPY_BATCH, SampleFormat.PNG, SampleFormat.FITS),
                "vort",
                1.5,
                StepSpacing.AS_TRAINED);
    }

    private static JobEvent jobEvent() {
        return JobEvent.newBuilder()
                .setJobId("train-7")
                .setKind(JobKind.CLASSIFIER_TRAINING)
                .setState(JobState.RUNNING)
                .setOccurredAt(NOON)
                .setStep(100)
                .setTotalSteps(900)
                .setEpoch(1)
                .setTotalEpochs(9)
                .setLoss(0.75)
                .setMetrics(Map.of("validationAucMacro", 0.875))
                .setEtaSeconds(120.5)
                .setMessage("epoch 1 of 9")
                .setResults(Map.of("contactSheet", "samples/train-7/epoch-1.png"))
                .build();
    }

    private static ModelPublished modelPublished() {
        return ModelPublished.newBuilder()
                .setModelId("train-7")
                .setTask(ModelTask.CLASSIFIER)
                .setNetwork("{\"architecture\":\"resnet\"}")
                .setObjectPrefix("models/train-7/")
                .setFiles(List.of(new ModelFile("model.safetensors", 1024L, HASH)))
                .setInputSize(64)
                .setClasses(List.of("no", "sphere", "vort"))
                .setEmbeddingSize(128)
                .setPreprocessing("minmax-v1")
                .setPrecision("float32")
                .setDataset("lenses")
                .setDatasetSha256(HASH)
                .setMetrics(Map.of("validationAucMacro", 0.99))
                .setCreatedAt(NOON)
                .setCodeVersion("0.1.0")
                .setJobId("train-7")
                .build();
    }

    private static SampleBatch sampleBatch() {
        return SampleBatch.newBuilder()
                .setJobId("generate-3")
                .setModelId("diffuse-2")
                .setCollection("generated/a")
                .setReference("lenses/val")
                .setFirstIndex(32)
                .setCount(32)
                .setHeight(64)
                .setWidth(64)
                .setArrayKey("samples/generate-3/000032.npy")
                .setSha256(HASH)
                .setContactSheetKey("samples/generate-3/000032.png")
                .setCreatedAt(NOON)
                .setLabel("vort")
                .build();
    }

    private static MetricReport metricReport() {
        Estimate estimate = Estimate.newBuilder()
                .setValue(0.98)
                .setLower(0.97)
                .setUpper(0.99)
                .setIntervalKind("Hanley-McNeil 95 %")
                .setN(600)
                .setEstimator("binned ROC")
                .setParameters(Map.of("bins", "65536"))
                .build();
        Estimate missing = Estimate.newBuilder()
                .setN(12)
                .setEstimator("exact")
                .setStatus(EstimateStatus.TOO_FEW)
                .setReason("12 images; at least 129 are needed")
                .build();
        ClassificationMetrics classification = ClassificationMetrics.newBuilder()
                .setClasses(List.of("no", "sphere"))
                .setLabelled(600)
                .setPredicted(List.of(301L, 299L))
                .setAuc(List.of(estimate, estimate))
                .setAucMacro(estimate)
                .setAucBounds(List.of(estimate, estimate))
                .setAccuracy(estimate)
                .setConfusion(List.of(List.of(290L, 10L), List.of(11L, 289L)))
                .setCalibrationError(estimate)
                .setReliability(List.of(new ReliabilityPoint(600L, 0.9, 0.95)))
                .setLateLabels(20)
                .setRocCurves(List.of(new RocCurve("no", List.of(0.0, 0.5, 1.0), List.of(0.0, 0.9, 1.0))))
                .build();
        RealismMetrics realism = RealismMetrics.newBuilder()
                .setReference("lenses/val")
                .setReferenceCount(600)
                .setEmbeddingSize(128)
                .setFid(missing)
                .setFidFloor(estimate)
                .setFidInfinity(estimate)
                .setKid(estimate)
                .setMemorised(estimate)
                .setKernels(List.of(new KernelMetrics("auto", 2.5, estimate, estimate, missing)))
                .build();
        return MetricReport.newBuilder()
                .setModelId("train-7")
                .setCollection("generated/a")
                .setRole(ImageRole.GENERATED)
                .setSequence(5)
                .setWindow("last-hour")
                .setWindowBegin(NOON)
                .setClosed(true)
                .setResets(1)
                .setObjectKey("reports/train-7/generated/a/last-hour/report.json")
                .setEmittedAt(NOON)
                .setExtractorId("train-7:9f86d081:minmax-v1")
                .setReceived(620)
                .setCounted(600)
                .setDuplicates(20)
                .setClassification(classification)
                .setRealism(realism)
                .setStatus(EstimateStatus.TOO_FEW)
                .setFigures(List.of(new NamedEstimate(
                        "rkeModeCount",
                        Map.of("bandwidth", "auto"),
                        EstimateGroup.REALISM,
                        "RKE modes",
                        "To be compared with the reference.",
                        "Number of modes",
                        true,
                        missing,
                        estimate)))
                .setInputOffsets(Map.of("classifications-3", 41L))
                .build();
    }
}
