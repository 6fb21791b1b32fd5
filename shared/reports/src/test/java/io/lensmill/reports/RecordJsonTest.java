package io.lensmill.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void reportKeepsItsNamesAndNumbers() throws Exception {
        JsonNode report = json.readTree(RecordJson.line(SampleReports.classificationReport()));
        assertThat(report.at("/classification/auc/0/value").asDouble()).isEqualTo(1 / 1.01);
        assertThat(report.at("/classification/confusion/1/2").asInt()).isEqualTo(14);
        assertThat(report.at("/emittedAt").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(report.at("/status").asText()).isEqualTo("OK");
        assertThat(report.at("/realism").isNull()).isTrue();
        assertThat(report.at("/inputOffsets/classifications-0").asLong()).isEqualTo(601);
    }

    @Test
    void valuesThatAreNoNumbersAreNull() throws Exception {
        JsonNode estimate = json.readTree(RecordJson.line(SampleReports.estimate(Double.NaN, null, null)));
        assertThat(estimate.get("value").isNull()).isTrue();
        assertThat(estimate.get("n").isNumber()).isTrue();
    }

    @Test
    void listBecomesAnArray() throws Exception {
        String text = RecordJson.text(List.of(SampleReports.realismReport(), SampleReports.classificationReport()));
        assertThat(json.readTree(text)).hasSize(2);
    }
}
