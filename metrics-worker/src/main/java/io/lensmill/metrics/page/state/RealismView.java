package io.lensmill.metrics.page.state;

import io.lensmill.contracts.KernelMetrics;
import io.lensmill.contracts.RealismMetrics;
import java.util.List;
import java.util.Optional;

/** How close and how varied generated images are, seen through the embedding. */
public record RealismView(
        String reference,
        long referenceCount,
        int embeddingSize,
        EstimateView fid,
        EstimateView fidFloor,
        EstimateView fidInfinity,
        EstimateView kid,
        EstimateView memorised,
        List<Kernel> kernels) {

    private static final String ADAPTED = "auto";

    /** The entropies for one bandwidth. */
    public record Kernel(
            String name,
            double bandwidth,
            EstimateView modeCount,
            EstimateView modeCountReference,
            EstimateView relativeEntropy) {

        static Kernel of(KernelMetrics kernel) {
            return new Kernel(
                    kernel.getName(),
                    kernel.getBandwidth(),
                    EstimateView.of(kernel.getRkeModeCount()),
                    EstimateView.of(kernel.getRkeModeCountReference()),
                    EstimateView.of(kernel.getRrke()));
        }
    }

    static RealismView of(RealismMetrics metrics) {
        return new RealismView(
                metrics.getReference(),
                metrics.getReferenceCount(),
                metrics.getEmbeddingSize(),
                EstimateView.of(metrics.getFid()),
                EstimateView.of(metrics.getFidFloor()),
                EstimateView.of(metrics.getFidInfinity()),
                EstimateView.of(metrics.getKid()),
                EstimateView.of(metrics.getMemorised()),
                metrics.getKernels().stream().map(Kernel::of).toList());
    }

    /** The kernel whose numbers are followed over time: the one that suits the reference, or else the widest named. */
    Optional<Kernel> followed() {
        return kernels.stream()
                .filter(kernel -> kernel.name().equals(ADAPTED))
                .findFirst()
                .or(() -> kernels.isEmpty() ? Optional.empty() : Optional.of(kernels.get(kernels.size() - 1)));
    }
}
