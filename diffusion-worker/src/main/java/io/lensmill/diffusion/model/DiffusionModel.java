package io.lensmill.diffusion.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lensmill.diffusion.schedule.DiffusionProcess;
import io.lensmill.diffusion.schedule.NoiseSchedule;
import io.lensmill.diffusion.schedule.Objective;
import io.lensmill.diffusion.schedule.ScheduleKind;
import io.lensmill.diffusion.schedule.Spacing;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.jobs.ModelDamagedException;
import io.lensmill.neural.networks.UNetConfig;
import io.lensmill.reading.BoundedJson;
import io.lensmill.reading.UnreadableJsonException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What sampling must know of a model beside its weights; the content of model.json.
 *
 * @param network the U-Net's settings
 * @param schedule shape of the noise schedule
 * @param timesteps number of times of the training
 * @param timeSpacing how dense the times of the training lay; a sampling goes through times as dense unless asked
 *     otherwise
 * @param objective what the network predicts
 * @param imageSize edge of the images in pixels
 * @param preprocessing what was done to the training images; undone for generated ones
 */
public record DiffusionModel(
        UNetConfig network,
        ScheduleKind schedule,
        int timesteps,
        Spacing timeSpacing,
        Objective objective,
        int imageSize,
        Preprocessing preprocessing) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_IMAGE_SIZE = 4096;

    /** Names of the classes that the network can be told, in its order; empty when it knows none. */
    public List<String> classes() {
        return network.classes() == 0 ? List.of() : LensClass.labels();
    }

    public DiffusionProcess process() {
        return new DiffusionProcess(NoiseSchedule.of(schedule, timesteps), objective);
    }

    /**
     * @param notes more to keep beside it, for people: dataset, settings, figures
     * @return JSON, UTF-8
     */
    public byte[] toJson(Map<String, String> notes) {
        try {
            ObjectNode json = MAPPER.createObjectNode();
            json.set("network", BoundedJson.tree("network", network.toJson()));
            json.put("schedule", lowerCase(schedule))
                    .put("timesteps", timesteps)
                    .put("timeSpacing", lowerCase(timeSpacing))
                    .put("objective", lowerCase(objective))
                    .put("imageSize", imageSize)
                    .put("preprocessing", preprocessing.id());
            notes.forEach(json.putObject("notes")::put);
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
        } catch (IOException e) {
            throw new IllegalStateException("JSON of our own cannot be written", e);
        }
    }

    /** @throws ModelDamagedException when the bytes are no such description; says what is wrong */
    public static DiffusionModel fromJson(byte[] content) throws ModelDamagedException {
        try {
            JsonNode json = BoundedJson.tree("model.json", content);
            UNetConfig network = UNetConfig.fromJson(json.path("network").toString());
            if (network.classes() != 0
                    && network.classes() != LensClass.labels().size()) {
                throw new IllegalArgumentException(
                        "classes must be 0 or " + LensClass.labels().size() + "; got " + network.classes());
            }
            return new DiffusionModel(
                    network,
                    constant(ScheduleKind.class, json, "schedule"),
                    integer(json, "timesteps", 10_000),
                    // Models from before it was written down were not all trained evenly, but sampled so by default.
                    json.has("timeSpacing") ? constant(Spacing.class, json, "timeSpacing") : Spacing.EVEN,
                    constant(Objective.class, json, "objective"),
                    integer(json, "imageSize", MAX_IMAGE_SIZE),
                    Preprocessing.of(json.path("preprocessing").asText()));
        } catch (UnreadableJsonException | IllegalArgumentException e) {
            throw new ModelDamagedException("The model's description is wrong: " + e.getMessage(), e);
        }
    }

    private static int integer(JsonNode json, String field, int most) {
        JsonNode node = json.path(field);
        if (!node.isInt() || node.asInt() < 1 || node.asInt() > most) {
            throw new IllegalArgumentException(field + " must be 1 to " + most + "; got " + node);
        }
        return node.asInt();
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode json, String field) {
        String text = json.path(field).asText();
        return Arrays.stream(type.getEnumConstants())
                .filter(c -> lowerCase(c).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(field + " must be one of "
                        + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT) + "; got '" + text + "'"));
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
