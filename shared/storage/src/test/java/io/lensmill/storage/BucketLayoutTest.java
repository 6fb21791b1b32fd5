package io.lensmill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketLayoutTest {

    @ParameterizedTest
    @CsvSource({
        "held-out, reports/m/held-out/all/report.json",
        "survey/night-1, reports/m/survey/night-1/all/report.json",
        "a//b, reports/m/a/%/b/all/report.json",
        "a/./b/, reports/m/a/%./b/%/all/report.json"
    })
    void everyCollectionHasAKeyOfItsOwn(String collection, String key) {
        assertThat(ObjectKey.of(BucketLayout.reportPrefix("m", collection, "all") + "report.json"))
                .hasToString(key);
    }
}
