package io.lensmill.classifier;

import io.lensmill.contracts.Topics;
import io.lensmill.embedded.AwayGroup;
import io.lensmill.embedded.SharedServers;
import io.lensmill.messaging.TopicSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** A worker whose group was away while images came, and for so long that some of them are gone. */
public final class AwayWorker implements QuarkusTestProfile {

    private static final String GROUP = "group";

    private final String group = "lensmill-classifier-away-" + UUID.randomUUID();

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("mp.messaging.incoming.images.group.id", group);
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Absence.class, Map.of(GROUP, group)));
    }

    /** What happens before the worker starts. */
    public static final class Absence implements QuarkusTestResourceLifecycleManager {

        private final String servers = SharedServers.configuration().get("kafka.bootstrap.servers");
        private String group;

        @Override
        public void init(Map<String, String> arguments) {
            group = arguments.get(GROUP);
        }

        @Override
        public Map<String, String> start() {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                TopicSetup.createMissing(admin, List.of(Topics.IMAGES), (short) 1);
                AwayGroup.leave(servers, group, Topics.IMAGES.name(), Topics.IMAGES.partitions());
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
            return Map.of();
        }

        @Override
        public void stop() {
            try {
                AwayGroup.clear(servers, Topics.IMAGES.name(), Topics.IMAGES.partitions());
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
