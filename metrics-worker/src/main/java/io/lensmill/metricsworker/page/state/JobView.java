package io.lensmill.metricsworker.page.state;

import io.lensmill.contracts.JobEvent;
import java.util.List;
import java.util.Map;

/** Where a job stands, and the curve of what its events told. */
public record JobView(
        String jobId,
        String kind,
        String state,
        long occurredAt,
        long step,
        long totalSteps,
        int epoch,
        int totalEpochs,
        Double loss,
        Double etaSeconds,
        Map<String, Double> metrics,
        Map<String, String> results,
        String message,
        List<CurvePoint> curve) {

    private static final String VALIDATION_LOSS = "validationLoss";
    private static final String VALIDATION_ACCURACY = "validationAccuracy";

    /** One event's losses. The validation's are those of the last epoch that had ended. */
    public record CurvePoint(long step, int epoch, Double loss, Double validationLoss, Double validationAccuracy) {}

    static JobView of(JobEvent event, List<CurvePoint> earlier) {
        return new JobView(
                event.getJobId(),
                event.getKind().name(),
                event.getState().name(),
                event.getOccurredAt().toEpochMilli(),
                event.getStep(),
                event.getTotalSteps(),
                event.getEpoch(),
                event.getTotalEpochs(),
                Numbers.finite(event.getLoss()),
                Numbers.finite(event.getEtaSeconds()),
                event.getMetrics(),
                event.getResults(),
                Bounds.text(event.getMessage()),
                longer(earlier, event));
    }

    /** A job that went back to a checkpoint tells steps again; the curve goes on where it was. */
    private static List<CurvePoint> longer(List<CurvePoint> earlier, JobEvent event) {
        Double loss = Numbers.finite(event.getLoss());
        long last = earlier.isEmpty() ? -1 : earlier.get(earlier.size() - 1).step();
        if (loss == null || event.getStep() <= last) {
            return earlier;
        }
        CurvePoint point = new CurvePoint(
                event.getStep(),
                event.getEpoch(),
                loss,
                Numbers.finite(event.getMetrics().get(VALIDATION_LOSS)),
                Numbers.finite(event.getMetrics().get(VALIDATION_ACCURACY)));
        return Course.with(earlier, point, Bounds.CURVE_POINTS);
    }
}
