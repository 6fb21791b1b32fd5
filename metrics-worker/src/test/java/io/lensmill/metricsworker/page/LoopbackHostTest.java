package io.lensmill.metricsworker.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackHostTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost:8083, true",
        "127.0.0.1, localhost, true",
        "127.0.0.1, 127.0.0.1:8083, true",
        "0:0:0:0:0:0:0:1, [::1]:8083, true",
        "127.0.0.1, evil.example:8083, false",
        "127.0.0.1, 127.0.0.1.evil.example, false",
        "127.0.0.1, localhost.evil.example, false",
        "0:0:0:0:0:0:0:1, evil.example, false",
        "127.0.0.1, , false",
        "10.0.0.7, lensmill.observatory.example, true",
    })
    void overTheLoopbackAddressOnlyOwnNamesAreAnswered(String localAddress, String host, boolean answers) {
        assertThat(LoopbackHost.answers(localAddress, host)).isEqualTo(answers);
    }
}
