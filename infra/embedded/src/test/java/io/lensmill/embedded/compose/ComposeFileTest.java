package io.lensmill.embedded.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.embedded.checkout.Checkout;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No container engine runs where Lensmill is built, so what can be said about the file without one is said here. */
class ComposeFileTest {

    private static final List<String> WORKERS = List.of("classifier-worker", "diffusion-worker", "metrics-worker");
    /** Read by the JVM and by the native libraries rather than by a worker. */
    private static final Set<String> PROCESS_VARIABLES = Set.of("JDK_JAVA_OPTIONS", "OMP_NUM_THREADS");

    private static ComposeFile compose;

    @BeforeAll
    static void loadFile() throws IOException {
        compose = ComposeFile.load();
    }

    @Test
    void startsTheServersAndTheWorkers() {
        assertThat(compose.services())
                .containsOnlyKeys(
                        "kafka", "object-store", "bucket", "classifier-worker", "diffusion-worker", "metrics-worker");
    }

    @Test
    void pinsTheServersVersions() {
        assertThat(compose.service("kafka")).containsEntry("image", "apache/kafka:" + AppInfoParser.getVersion());
        assertThat((String) compose.service("object-store").get("image")).matches("pgsty/silo:RELEASE\\.[0-9TZ-]+");
        assertThat(compose.service("bucket").get("image"))
                .isEqualTo(compose.service("object-store").get("image"));
    }

    @Test
    void runsKafkaInKRaftModeUnderTheRulesOfTheEmbeddedBroker() {
        assertThat(compose.environment("kafka"))
                .containsEntry("KAFKA_PROCESS_ROLES", "broker,controller")
                .containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .containsEntry("KAFKA_MESSAGE_MAX_BYTES", Integer.toString(11 * 1024 * 1024))
                .containsEntry("KAFKA_REPLICA_FETCH_MAX_BYTES", Integer.toString(11 * 1024 * 1024))
                .containsEntry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1");
    }

    @Test
    void publishesPortsOnLoopbackOnly() {
        for (String service : compose.services().keySet()) {
            assertThat(compose.list(service, "ports"))
                    .as(service)
                    .allMatch(port -> port.matches("127\\.0\\.0\\.1:\\$\\{\\w+:-\\d+}:\\d+"));
        }
        assertThat(compose.services().values()).noneMatch(service -> "host".equals(service.get("network_mode")));
    }

    @Test
    void advertisesKafkaAtThePublishedPort() {
        // Given
        String hostPort = compose.list("kafka", "ports").get(0).replaceFirst(":9092$", "");

        // Then
        assertThat(compose.environment("kafka").get("KAFKA_ADVERTISED_LISTENERS"))
                .isEqualTo("INSIDE://kafka:19092,HOST://" + hostPort);
        assertThat(compose.environment("classifier-worker")).containsEntry("KAFKA_BOOTSTRAP_SERVERS", "kafka:19092");
    }

    @Test
    void checksTheHealthOfEverythingThatKeepsRunning() throws IOException {
        // Given
        String dockerfile = Checkout.read("infra/docker/Dockerfile");

        // Then
        for (String service : List.of("kafka", "object-store")) {
            assertThat(ComposeFile.map(compose.service(service).get("healthcheck")))
                    .containsKeys("test", "interval", "timeout", "retries");
        }
        assertThat(compose.service("object-store").get("healthcheck").toString())
                .contains("/minio/health/live");
        assertThat(dockerfile).contains("HEALTHCHECK").contains("/q/health/ready");
    }

    @Test
    void waitsForWhatIsNeeded() {
        assertThat(compose.dependencies("bucket")).isEqualTo(Map.of("object-store", "service_healthy"));
        for (String worker : List.of("classifier-worker", "diffusion-worker")) {
            assertThat(compose.dependencies(worker))
                    .as(worker)
                    .isEqualTo(Map.of("kafka", "service_healthy", "bucket", "service_completed_successfully"));
        }
        assertThat(compose.dependencies("metrics-worker")).isEqualTo(Map.of("kafka", "service_healthy"));
    }

    @Test
    void startsAgainAfterAFailureAllButTheBucketsMaker() {
        compose.services().forEach((name, service) -> assertThat(service.get("restart"))
                .as(name)
                .isEqualTo(name.equals("bucket") ? "no" : "unless-stopped"));
    }

    @Test
    void keepsDataInDeclaredVolumes() {
        // When
        Set<String> used = new TreeSet<>();
        for (String service : compose.services().keySet()) {
            compose.list(service, "volumes").forEach(mount -> used.add(mount.split(":", 2)[0]));
        }

        // Then
        assertThat(used).isEqualTo(new TreeSet<>(compose.volumes())).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classifier-worker", "diffusion-worker", "metrics-worker"})
    void givesAWorkerOnlyVariablesThatItKnows(String worker) throws IOException {
        // Given
        Set<String> known = WorkerSettings.environmentVariables(worker);
        known.addAll(PROCESS_VARIABLES);

        // Then
        assertThat(known)
                .contains("LENSMILL_TOPICS_REPLICATION_FACTOR", "KAFKA_BOOTSTRAP_SERVERS", "QUARKUS_HTTP_HOST");
        assertThat(known).containsAll(compose.environment(worker).keySet());
    }

    @Test
    void buildsEachWorkerFromTheOneDockerfile() {
        for (String worker : WORKERS) {
            Map<String, Object> build = ComposeFile.map(compose.service(worker).get("build"));
            assertThat(Checkout.path((String) build.get("dockerfile"))).isRegularFile();
            assertThat(ComposeFile.map(build.get("args"))).isEqualTo(Map.of("WORKER", worker));
            assertThat(Checkout.path(worker).resolve("pom.xml")).isRegularFile();
        }
    }

    @Test
    void runsWorkersWithoutPrivileges() throws IOException {
        assertThat(Checkout.read("infra/docker/Dockerfile"))
                .contains("\nFROM eclipse-temurin:17-jre\n", "\nUSER lensmill\n", "QUARKUS_HTTP_HOST=0.0.0.0")
                .contains("OMP_WAIT_POLICY=PASSIVE");
        for (String worker : WORKERS) {
            assertThat(compose.list(worker, "cap_drop")).containsExactly("ALL");
            assertThat(compose.list(worker, "security_opt")).containsExactly("no-new-privileges:true");
        }
    }

    @Test
    void holdsNoSecret() {
        for (String service : compose.services().keySet()) {
            compose.environment(service).forEach((name, value) -> {
                if (name.matches(".*(PASSWORD|SECRET|TOKEN|ACCESS_KEY|ROOT_USER).*")) {
                    assertThat(value).as(service + " " + name).matches("\\$\\{\\w+:\\?[^}]+}");
                }
            });
        }
    }
}
