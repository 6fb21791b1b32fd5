package io.lensmill.reports.estimates;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.contracts.Estimate;
import io.lensmill.contracts.EstimateGroup;
import io.lensmill.contracts.EstimateStatus;
import io.lensmill.contracts.NamedEstimate;
import io.lensmill.metrics.classification.ForeignAccumulator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicabilityFiguresTest {

    @Test
    void aCollectionOfWhichCertainlyMoreThanTwiceTheFalseAlarmsIsForeignIsForeignAsAWhole() {
        assertThat(share(1000, 50).getStatus()).isEqualTo(EstimateStatus.OK);
        assertThat(share(1000, 110).getStatus()).isEqualTo(EstimateStatus.OK);
        assertThat(share(1000, 130).getStatus()).isEqualTo(EstimateStatus.FOREIGN);
        assertThat(share(30, 4).getStatus()).isEqualTo(EstimateStatus.OK);
        assertThat(share(30, 8).getStatus()).isEqualTo(EstimateStatus.FOREIGN);
        assertThat(share(9, 9).getStatus()).isEqualTo(EstimateStatus.TOO_FEW);
    }

    @Test
    void theWarningSaysHowManyAndWhatToDo() {
        // When
        NamedEstimate figure = figures(30, 29).get(0);

        // Then
        assertThat(figure.getName()).isEqualTo("foreignShare");
        assertThat(figure.getGroup()).isEqualTo(EstimateGroup.APPLICABILITY);
        assertThat(figure.getExpected().getValue()).isEqualTo(0.05);
        assertThat(figure.getEstimate().getReason())
                .isEqualTo("29 of 30 images are not like those that the model was trained on (by chance 5 % would be):"
                        + " its classes and probabilities may be wrong, however sure they sound. Train on images like"
                        + " these.");
    }

    @Test
    void nothingIsSaidOfImagesThatWereNotJudged() {
        assertThat(ApplicabilityFigures.of(new ForeignAccumulator())).isEmpty();
    }

    private static Estimate share(int judged, int foreign) {
        return figures(judged, foreign).get(0).getEstimate();
    }

    private static List<NamedEstimate> figures(int judged, int foreign) {
        ForeignAccumulator counts = new ForeignAccumulator();
        for (int i = 0; i < judged; i++) {
            counts.add(i < foreign, 0.05);
        }
        return ApplicabilityFigures.of(ForeignAccumulator.fromBytes(counts.toBytes()));
    }
}
