package io.lensmill.metricsworker;

import io.lensmill.contracts.Topics;
import io.lensmill.embedded.AwayGroup;
import io.lensmill.embedded.SharedServers;
import io.lensmill.messaging.TopicSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** A metrics worker that was away while classifications came, and for so long that some of them are gone. */
public final class AwayStreams implements QuarkusTestProfile {

    private static final String APPLICATION = "quarkus.kafka-streams.application-id";

    private final Map<String, String> settings = new OwnState().getConfigOverrides();

    @Override
    public Map<String, String> getConfigOverrides() {
        return settings;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Absence.class, Map.of(APPLICATION, settings.get(APPLICATION))));
    }

    /** What happens before the worker starts. */
    public static final class Absence implements QuarkusTestResourceLifecycleManager {

        private final String servers = SharedServers.configuration().get("kafka.bootstrap.servers");
        private String group;

        @Override
        public void init(Map<String, String> arguments) {
            group = arguments.get(APPLICATION);
        }

        @Override
        public Map<String, String> start() {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                TopicSetup.createMissing(admin, List.of(Topics.CLASSIFICATIONS), (short) 1);
                AwayGroup.leave(servers, group, Topics.CLASSIFICATIONS.name(), Topics.CLASSIFICATIONS.partitions());
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
            return Map.of();
        }

        @Override
        public void stop() {
            // Other tests read in groups of their own; a poisoned classification more or less is nothing to them.
        }
    }
}
