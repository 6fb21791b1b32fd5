package io.lensmill.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.cli.report.JobTable;
import io.lensmill.cli.report.ModelTable;
import io.lensmill.cli.report.ReportTable;
import io.lensmill.cli.samples.SampleDownload;
import io.lensmill.contracts.Envelope;
import io.lensmill.contracts.JobEvent;
import io.lensmill.contracts.JobState;
import io.lensmill.contracts.MetricReport;
import io.lensmill.contracts.ModelFile;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.SampleBatch;
import io.lensmill.contracts.Topic;
import io.lensmill.contracts.Topics;
import io.lensmill.contracts.WrittenFields;
import io.lensmill.imaging.Progress;
import io.lensmill.jobs.ModelFiles;
import io.lensmill.jobs.ModelRelease;
import io.lensmill.neural.Safetensors;
import io.lensmill.reports.RecordJson;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the old version wrote is read by today's classes, before any of today's workers adds to it. */
class OldRecordsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static UpgradedStack old;

    @BeforeAll
    static void startServers() throws Exception {
        old = new UpgradedStack();
    }

    @AfterAll
    static void stopServers() {
        old.close();
    }

    /** Those of the old version; {@code lensmill.unseen} came after it. */
    static List<Topic> topics() {
        return Topics.ALL.stream().filter(topic -> !topic.equals(Topics.UNSEEN)).toList();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void noMessageIsLostAndEveryFieldIsReadAsItWasWritten(Topic topic) throws Exception {
        // When
        List<ConsumerRecord<String, byte[]>> messages = Messages.on(old.broker(), topic);

        // Then
        assertThat(messages).hasSize(old.inventory().records(topic));
        if (topic.valueType() != null) {
            for (ConsumerRecord<String, byte[]> message : messages) {
                SpecificRecord read = Envelope.decode(message.value(), topic.valueType());
                assertThat(WrittenFields.differences(WrittenFields.of(message.value()), read))
                        .as("%s-%d@%d", topic.name(), message.partition(), message.offset())
                        .isEmpty();
            }
        }
    }

    @Test
    void everyFileOfEveryModelIsReadAndConfirmedByItsHash() throws Exception {
        // Given
        List<ModelPublished> models = Messages.on(old.broker(), Topics.MODELS, ModelPublished.class);
        ModelFiles files = new ModelFiles(old.store());

        for (ModelPublished model : models) {
            // When
            Map<String, byte[]> content = new HashMap<>();
            for (ModelFile file : model.getFiles()) {
                content.put(file.getName(), files.read(model, file.getName()));
            }

            // Then
            assertThat(Safetensors.read(content.get(ModelRelease.WEIGHTS)).tensors())
                    .isNotEmpty();
            assertThat(JSON.readTree(content.get(ModelRelease.DESCRIPTION))).isNotEmpty();
        }
        assertThat(models)
                .extracting(ModelPublished::getModelId)
                .containsExactlyInAnyOrder(OldJobs.CLASSIFIER, OldJobs.DIFFUSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {OldJobs.HALF_WAY_CLASSIFIER, OldJobs.HALF_WAY_DIFFUSION})
    void bothHalfWayTrainingsHaveTheirCheckpoint(String jobId) throws Exception {
        // When
        Safetensors.Content checkpoint =
                Safetensors.read(old.read(BucketLayout.checkpoint(jobId).value()));

        // Then
        long step = Long.parseLong(checkpoint.metadata().get("trainer.step"));
        assertThat(step)
                .isBetween(old.inventory().step(jobId), old.inventory().totalSteps(jobId) - 1)
                .isPositive();
        assertThat(checkpoint.tensors()).isNotEmpty();
    }

    @Test
    void theSamplesOfAFinishedGenerationAreDownloaded(@TempDir Path folder) throws Exception {
        // When: every array is held against its hash in the manifest
        int files = new SampleDownload(old.store()).into(OldJobs.GENERATION, folder, Progress.NONE);

        // Then: three arrays, plan, contact sheet, manifest
        assertThat(files).isEqualTo(6);
        assertThat(Messages.on(old.broker(), Topics.SAMPLES, SampleBatch.class).stream()
                        .filter(batch -> batch.getJobId().equals(OldJobs.GENERATION))
                        .mapToInt(SampleBatch::getCount)
                        .sum())
                .isEqualTo(OldJobs.GENERATED);
    }

    @Test
    void reportsInTheStoreAreThoseOfTheTopic() throws Exception {
        // Given
        Map<String, MetricReport> newest = new HashMap<>();
        for (MetricReport report : Messages.on(old.broker(), Topics.REPORTS, MetricReport.class)) {
            newest.put(report.getObjectKey(), report);
        }

        // When
        List<String> keys = new ArrayList<>();
        for (ObjectEntry entry : old.store().list("reports/")) {
            keys.add(entry.key().value());
            JsonNode stored = JSON.readTree(old.read(entry.key().value()));
            JsonNode read = JSON.readTree(RecordJson.text(newest.get(entry.key().value())));

            // Then: every figure that was stored, at least
            stored.fieldNames()
                    .forEachRemaining(
                            name -> assertThat(read.has(name)).as(name).isTrue());
            assertThat(read.path("sequence")).isEqualTo(stored.path("sequence"));
            assertThat(read.at("/classification/aucMacro")).isEqualTo(stored.at("/classification/aucMacro"));
            assertThat(read.at("/realism/fid")).isEqualTo(stored.at("/realism/fid"));
        }
        assertThat(keys).containsExactlyInAnyOrderElementsOf(newest.keySet());
    }

    @Test
    void theCommandsShowOldJobsModelsAndReports() throws Exception {
        // Given
        List<JobEvent> ends = Messages.on(old.broker(), Topics.JOBS, JobEvent.class).stream()
                .filter(event -> event.getState() == JobState.SUCCEEDED)
                .toList();
        List<ModelPublished> models = Messages.on(old.broker(), Topics.MODELS, ModelPublished.class);
        List<MetricReport> reports = Messages.on(old.broker(), Topics.REPORTS, MetricReport.class);

        // When, Then
        assertThat(JobTable.of(ends)).contains(OldJobs.CLASSIFIER, OldJobs.DIFFUSION, OldJobs.GENERATION);
        assertThat(ModelTable.of(models)).contains(OldJobs.CLASSIFIER, OldJobs.DIFFUSION);
        assertThat(reports).allSatisfy(report -> assertThat(ReportTable.of(report))
                .contains(report.getCollection(), report.getCounted() + " images counted"));
    }
}
