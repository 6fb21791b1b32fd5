package io.lensmill.neural.networks;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Reads a network's settings from JSON, with errors that name the field. */
final class Settings {

    static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode json;

    private Settings(JsonNode json) {
        this.json = json;
    }

    static Settings parse(String text, String architecture) {
        try {
            JsonNode json = MAPPER.readTree(text);
            require(
                    json != null
                            && architecture.equals(json.path("architecture").asText()),
                    "architecture",
                    "'" + architecture + "'",
                    json == null ? null : json.path("architecture"));
            return new Settings(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The network's settings are no JSON: " + e.getOriginalMessage(), e);
        }
    }

    int integer(String name) {
        JsonNode value = json.path(name);
        require(value.canConvertToInt(), name, "a whole number", value);
        return value.asInt();
    }

    int integerOr(String name, int otherwise) {
        return json.has(name) ? integer(name) : otherwise;
    }

    double number(String name) {
        JsonNode value = json.path(name);
        require(value.isNumber(), name, "a number", value);
        return value.asDouble();
    }

    boolean flag(String name) {
        JsonNode value = json.path(name);
        require(value.isBoolean(), name, "true or false", value);
        return value.asBoolean();
    }

    List<Integer> integers(String name) {
        JsonNode value = json.path(name);
        require(value.isArray(), name, "a list of whole numbers", value);
        List<Integer> all = new ArrayList<>();
        value.forEach(element -> all.add(element.asInt()));
        return all;
    }

    static void require(boolean holds, String name, String rule, Object got) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must be " + rule + "; got " + got);
        }
    }
}
