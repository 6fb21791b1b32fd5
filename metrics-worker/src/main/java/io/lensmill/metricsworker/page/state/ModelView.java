package io.lensmill.metricsworker.page.state;

import io.lensmill.contracts.ModelPublished;
import io.lensmill.storage.BucketLayout;
import java.util.Map;

/** A published model. */
public record ModelView(
        String modelId,
        String task,
        long createdAt,
        String dataset,
        boolean trained,
        Map<String, Double> metrics,
        String contactSheetKey) {

    private static final String SHEET = "contact-sheet.png";

    static ModelView of(ModelPublished model) {
        boolean sheet =
                model.getFiles().stream().anyMatch(file -> file.getName().equals(SHEET));
        return new ModelView(
                model.getModelId(),
                model.getTask().name(),
                model.getCreatedAt().toEpochMilli(),
                model.getDataset(),
                model.getTrained(),
                model.getMetrics(),
                sheet ? BucketLayout.modelPrefix(model.getModelId()) + SHEET : null);
    }
}
