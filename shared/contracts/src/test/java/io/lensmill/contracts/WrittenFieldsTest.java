package io.lensmill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WrittenFieldsTest {

    @Test
    void aFieldThatIsReadOtherwiseThanItWasWrittenIsNamed() throws Exception {
        // Given
        Classification written = (Classification) SampleMessages.all().get("Classification");
        byte[] message = Envelope.encode(written);
        Classification read = Envelope.decode(message, Classification.class);
        read.getScores().get(1).setProbability(0.5f);
        read.setAttributes(Map.of("rightAscension", "150.2°"));

        // When, Then
        assertThat(WrittenFields.differences(WrittenFields.of(message), read))
                .containsExactly(
                        "Classification.scores[1].probability: written as 0.75, read as 0.5",
                        "Classification.attributes: written as {rightAscension=150.1°}, read as"
                                + " {rightAscension=150.2°}");
    }

    @Test
    void aFieldThatTodaysSchemaLacksIsNamed() throws Exception {
        // Given
        byte[] message = Envelope.encode(new CancelRequest("1.0", "train-7", "superseded"));
        ImageLabel read = (ImageLabel) SampleMessages.all().get("ImageLabel");

        // When, Then
        assertThat(WrittenFields.differences(WrittenFields.of(message), read))
                .contains("CancelRequest.jobId: written, but today's schema has no such field");
    }
}
