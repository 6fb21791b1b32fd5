package io.lensmill.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.ClassScore;
import io.lensmill.contracts.Classification;
import io.lensmill.contracts.Foreignness;
import io.lensmill.contracts.ImageRole;
import io.lensmill.reports.SampleEvents;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreTableTest {

    private static final String LONG = "survey/field-17/2026-01-02/very/deep/down/in/some/archive/lens-0042.fits";

    @Test
    void scoresStandBelowTheirClassesAndTheReasonsOfRefusalsAtTheEnd() {
        assertThat(ScoreTable.of(
                        List.of(result("lens.npy", "sphere", 0.0125f, 0.9f, 0.0875f), result(LONG, "no", 1, 0, 0)),
                        Map.of("notes.txt", "UNDECODABLE: No image.")))
                .isEqualTo(
                        """
                        model m-1
                        IMAGE                                             CLASS       no  sphere    vort
                        lens.npy                                          sphere  0.0125  0.9000  0.0875
                        …2/very/deep/down/in/some/archive/lens-0042.fits  no      1.0000  0.0000  0.0000
                        refused
                          notes.txt: UNDECODABLE: No image.""");
    }

    @Test
    void imagesThatAreNotLikeThoseOfTheTrainingAreMarkedAndTheMarkIsExplained() {
        // Given
        Classification usual = result("lens.npy", "sphere", 0.0125f, 0.9f, 0.0875f);
        usual.setForeignness(new Foreignness(9.5, 0.4249, false, 0.05));
        Classification foreign = result(LONG, "no", 1, 0, 0);
        foreign.setForeignness(new Foreignness(88.0, 1.0, true, 0.05));

        // When
        String table = ScoreTable.of(List.of(usual, foreign), Map.of());

        // Then
        assertThat(table)
                .isEqualTo(
                        """
                        model m-1
                        IMAGE                                    CLASS       no  sphere    vort  FOREIGN
                        lens.npy                                 sphere  0.0125  0.9000  0.0875  0.425
                        …ep/down/in/some/archive/lens-0042.fits  no      1.0000  0.0000  0.0000  1.000 !
                          ! 1 of 2 images is not like those that the model was trained on; of images
                          like them 5 % would be marked by chance. What it says of marked ones may be
                          wrong, however sure it sounds.""");
        assertThat(ScoreTable.jsonLines(List.of(usual), Map.of()))
                .contains("\"foreignness\":{\"distance\":9.5,\"percentile\":0.4249,\"foreign\":false,"
                        + "\"falseAlarmRate\":0.05}");
    }

    @Test
    void jsonHasOneObjectALine() {
        assertThat(ScoreTable.jsonLines(
                        List.of(result("lens.npy", "sphere", 0.25f, 0.5f, 0.25f)),
                        Map.of("x", "TOO_LARGE: Too large.")))
                .isEqualTo(
                        """
                        {"imageId":"lens.npy","predictedClass":"sphere","scores":{"no":0.25,"sphere":0.5,"vort":0.25},\
                        "modelId":"m-1","extractorId":"e","attributes":{"OBJECT":"NGC 1"}}
                        {"imageId":"x","refused":"TOO_LARGE: Too large."}""");
    }

    private static Classification result(String id, String predicted, float... probabilities) {
        return Classification.newBuilder()
                .setResultId("r")
                .setImageId(id)
                .setCollection("cli/1")
                .setRole(ImageRole.REAL)
                .setModelId("m-1")
                .setExtractorId("e")
                .setScores(List.of(
                        new ClassScore("no", probabilities[0]),
                        new ClassScore("sphere", probabilities[1]),
                        new ClassScore("vort", probabilities[2])))
                .setPredictedClass(predicted)
                .setEmbedding(ByteBuffer.allocate(0))
                .setEmbeddingSize(0)
                .setClassifiedAt(SampleEvents.TIME)
                .setAttributes(Map.of("OBJECT", "NGC 1"))
                .build();
    }
}
