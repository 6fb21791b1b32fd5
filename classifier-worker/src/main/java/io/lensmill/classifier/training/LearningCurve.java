package io.lensmill.classifier.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.reading.BoundedJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is remembered of a run beside its weights: the epochs so far, and the losses of the one at work. */
final class LearningCurve {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EPOCHS = "epochs";
    private static final String LOSS_SUM = "lossSum";
    private static final String LOSSES = "losses";

    private final List<EpochFigures> epochs = new ArrayList<>();
    private double lossSum;
    private long losses;

    void addLoss(double loss) {
        lossSum += loss;
        losses++;
    }

    /** Closes the epoch at work. */
    EpochFigures endEpoch(int epoch, Evaluation validation) {
        EpochFigures figures = new EpochFigures(epoch, losses == 0 ? 0 : lossSum / losses, validation);
        epochs.add(figures);
        lossSum = 0;
        losses = 0;
        return figures;
    }

    List<EpochFigures> epochs() {
        return List.copyOf(epochs);
    }

    Optional<EpochFigures> last() {
        return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.get(epochs.size() - 1));
    }

    /** The epoch with the best validation figures; of equals the first. */
    Optional<EpochFigures> best() {
        return epochs.stream().reduce((best, next) -> next.validation().betterThan(best.validation()) ? next : best);
    }

    /** Epochs that have ended since the best one; 0 before the first. */
    int epochsSinceBest() {
        return best().map(best -> epochs.size() - 1 - epochs.indexOf(best)).orElse(0);
    }

    /** Adds all of it to a checkpoint's notes. */
    void writeTo(Map<String, String> notes) {
        try {
            notes.put(EPOCHS, JSON.writeValueAsString(epochs));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Numbers can always be written as JSON", e);
        }
        notes.put(LOSS_SUM, Double.toString(lossSum));
        notes.put(LOSSES, Long.toString(losses));
    }

    /** @throws IOException when the notes are not {@link #writeTo}'s */
    static LearningCurve of(Map<String, String> notes) throws IOException {
        LearningCurve curve = new LearningCurve();
        try {
            String epochs = notes.getOrDefault(EPOCHS, "");
            curve.epochs.addAll(
                    Arrays.asList(BoundedJson.value("The checkpoint's learning curve", epochs, EpochFigures[].class)));
            curve.lossSum = Double.parseDouble(notes.getOrDefault(LOSS_SUM, ""));
            curve.losses = Long.parseLong(notes.get(LOSSES));
        } catch (IllegalArgumentException e) {
            throw new IOException("The checkpoint's notes hold no learning curve", e);
        }
        return curve;
    }
}
