package io.lensmill.storage;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** The contract test against a real server stands beside that server, in the embedded module. */
class MinioObjectStoreFailureTest {

    @Test
    void namesTheAddressWhenNobodyAnswers() throws IOException {
        // Given
        String endpoint = "http://127.0.0.1:" + freePort();
        StoreSettings settings = new StoreSettings(endpoint, "account", "s3cr3t", "lensmill", "us-east-1");

        // Then
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> MinioObjectStore.connect(settings))
                .withMessageContainingAll(endpoint, "lensmill", "ConnectException")
                .withMessageNotContaining("s3cr3t");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
