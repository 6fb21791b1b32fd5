package io.lensmill.contracts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** asyncapi.yaml as data. References into the document are followed, those to schema files stay as they are. */
final class AsyncApi {

    /**
     * @param address topic name
     * @param partitions partitions of a newly made topic
     * @param cleanupPolicy delete or compact, the only one named
     * @param maxMessageBytes largest record
     * @param timestampType LogAppendTime; empty when nothing is said of it
     * @param retentionMillis how long records stay; empty when nothing is said of it
     * @param messages what the topic carries
     */
    record Channel(
            String address,
            int partitions,
            String cleanupPolicy,
            int maxMessageBytes,
            Optional<String> timestampType,
            Optional<Long> retentionMillis,
            List<Message> messages) {}

    /**
     * @param name its name among the document's messages
     * @param key title of the record key
     * @param schemaFile path of its schema, from the document; empty when it has none
     * @param schemaVersion version that the schema writes; empty as above
     * @param headers schema of the headers; empty without headers
     * @param payload the payload as it stands
     */
    record Message(
            String name,
            String key,
            Optional<String> schemaFile,
            Optional<String> schemaVersion,
            Map<String, Object> headers,
            Map<String, Object> payload) {

        Map<String, Object> headerProperties() {
            return map(headers.get("properties"));
        }

        List<String> requiredHeaders() {
            return texts(headers.get("required"));
        }

        List<String> headerValues(String header) {
            return texts(map(headerProperties().get(header)).get("enum"));
        }
    }

    /**
     * @param worker the only tag
     * @param action send or receive
     * @param topic address of the channel
     * @param group consumer group; empty when it sends or reads in none
     */
    record Operation(String worker, String action, String topic, Optional<String> group) {}

    private static final Path FILE = Path.of("asyncapi.yaml");

    private final Map<String, Object> content;

    private AsyncApi(Map<String, Object> content) {
        this.content = content;
    }

    static AsyncApi load() throws IOException {
        return new AsyncApi(map(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(FILE))));
    }

    String version() {
        return (String) map(content.get("info")).get("version");
    }

    /** By topic name. */
    Map<String, Channel> channels() {
        return map(content.get("channels")).values().stream()
                .map(AsyncApi::map)
                .map(this::channel)
                .collect(Collectors.toMap(Channel::address, channel -> channel));
    }

    /** By their name among the document's messages. */
    Map<String, Message> messages() {
        Map<String, Message> messages = new LinkedHashMap<>();
        map(map(content.get("components")).get("messages"))
                .forEach((name, message) -> messages.put(name, message(name, map(message))));
        return messages;
    }

    List<Operation> operations() {
        return map(content.get("operations")).values().stream()
                .map(AsyncApi::map)
                .map(this::operation)
                .toList();
    }

    private Channel channel(Map<String, Object> channel) {
        Map<String, Object> kafka = kafka(channel);
        Map<String, Object> configuration = map(kafka.get("topicConfiguration"));
        return new Channel(
                (String) channel.get("address"),
                (int) kafka.get("partitions"),
                String.join(",", texts(configuration.get("cleanup.policy"))),
                (int) configuration.get("max.message.bytes"),
                Optional.ofNullable((String) configuration.get("message.timestamp.type")),
                Optional.ofNullable((Number) configuration.get("retention.ms")).map(Number::longValue),
                map(channel.get("messages")).values().stream()
                        .map(reference -> messages().get(target(map(reference), "#/components/messages/")))
                        .toList());
    }

    private static Message message(String name, Map<String, Object> message) {
        Map<String, Object> payload = map(message.get("payload"));
        return new Message(
                name,
                (String) map(kafka(message).get("key")).get("title"),
                Optional.ofNullable((String) map(payload.get("schema")).get("$ref")),
                Optional.ofNullable((String) message.get("x-schema-version")),
                map(message.get("headers")),
                payload);
    }

    private Operation operation(Map<String, Object> operation) {
        String channel = target(map(operation.get("channel")), "#/channels/");
        List<?> tags = (List<?>) operation.get("tags");
        return new Operation(
                (String) map(tags.get(0)).get("name"),
                (String) operation.get("action"),
                (String) map(map(content.get("channels")).get(channel)).get("address"),
                texts(map(kafka(operation).get("groupId")).get("enum")).stream().findFirst());
    }

    private static Map<String, Object> kafka(Map<String, Object> owner) {
        return map(map(owner.get("bindings")).get("kafka"));
    }

    private static String target(Map<String, Object> reference, String home) {
        String text = (String) reference.get("$ref");
        if (!text.startsWith(home)) {
            throw new IllegalStateException("A reference to " + home + " was expected; found " + text);
        }
        return text.substring(home.length());
    }

    /** None where nothing stands. */
    private static List<String> texts(Object list) {
        return list == null
                ? List.of()
                : ((List<?>) list).stream().map(String.class::cast).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
