package io.lensmill.cli.messages;

import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.contracts.ModelPublished;
import io.lensmill.contracts.Topics;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The models that are published now. */
public final class Models {

    private static final int NAMED = 5;

    private Models() {}

    /** All of them, newest first. */
    public static List<ModelPublished> newestFirst(Broker broker) {
        try (Latest<ModelPublished> latest = Latest.of(broker, Topics.MODELS, ModelPublished.class)) {
            return latest.byKey().values().stream()
                    .sorted(Comparator.comparing(ModelPublished::getCreatedAt).reversed())
                    .toList();
        }
    }

    /** @throws CommandFailure when there is none of this id; the message names the newest ones */
    public static ModelPublished find(Broker broker, String modelId) {
        List<ModelPublished> models = newestFirst(broker);
        return models.stream()
                .filter(model -> model.getModelId().equals(modelId))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("There is no published model '" + modelId + "'"
                        + (models.isEmpty()
                                ? ", nor any other."
                                : "; the newest are "
                                        + models.stream()
                                                .limit(NAMED)
                                                .map(ModelPublished::getModelId)
                                                .collect(Collectors.joining(", "))
                                        + ".")));
    }
}
