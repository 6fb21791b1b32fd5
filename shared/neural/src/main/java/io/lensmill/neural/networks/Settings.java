package io.lensmill.neural.networks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.reading.BoundedJson;
import io.lensmill.reading.UnreadableJsonException;
import java.util.ArrayList;
import java.util.List;

/** Reads a network's settings from JSON, with errors that name the field. */
final class Settings {

    static final ObjectMapper MAPPER = new ObjectMapper();

    /** Ours have some 150; they come in messages and files of others. */
    private static final int MOST_CHARACTERS = 16 * 1024;

    private static final int MOST_SHOWN = 100;

    private final JsonNode json;

    private Settings(JsonNode json) {
        this.json = json;
    }

    static Settings parse(String text, String architecture) {
        require(
                text.length() <= MOST_CHARACTERS,
                "The network's settings",
                "of at most " + MOST_CHARACTERS + " characters",
                text.length());
        try {
            JsonNode json = BoundedJson.tree("The network's settings", text);
            JsonNode found = json.path("architecture");
            require(architecture.equals(found.asText()), "architecture", "'" + architecture + "'", found);
            return new Settings(json);
        } catch (UnreadableJsonException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
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
        value.forEach(element -> {
            require(element.canConvertToInt(), name, "a list of whole numbers", value);
            all.add(element.asInt());
        });
        return all;
    }

    static void require(boolean holds, String name, String rule, Object got) {
        if (!holds) {
            String found = String.valueOf(got);
            throw new IllegalArgumentException(name + " must be " + rule + "; got "
                    + (found.length() <= MOST_SHOWN ? found : found.substring(0, MOST_SHOWN) + "…"));
        }
    }
}
