package io.lensmill.benchmark;

import java.util.Locale;

/**
 * One round of the road's benchmark.
 *
 * @param engine images per second of the network alone, on all threads
 * @param lanes images per second of networks alone, side by side as in the worker
 * @param worker images per second of the classifier worker, from topic to topic
 * @param engineProcessor processor time of the network alone, milliseconds per image
 * @param workerProcessor processor time of the worker, milliseconds per image
 * @param brokerProcessor processor time of the broker's process, milliseconds per image
 */
public record RoadFigure(
        double engine,
        double lanes,
        double worker,
        double engineProcessor,
        double workerProcessor,
        double brokerProcessor)
        implements RatioFigure {

    /** The part of the engine's speed that the road keeps. */
    @Override
    public double ratio() {
        return worker / engine;
    }

    @Override
    public String toJson() {
        return String.format(
                Locale.ROOT,
                "{\"name\": \"road\", \"engineImagesPerSecond\": %.1f, \"lanesImagesPerSecond\": %.1f,"
                        + " \"workerImagesPerSecond\": %.1f, \"ratio\": %.3f,"
                        + " \"engineProcessorMillisPerImage\": %.3f,"
                        + " \"workerProcessorMillisPerImage\": %.3f, \"brokerProcessorMillisPerImage\": %.3f}",
                engine,
                lanes,
                worker,
                ratio(),
                engineProcessor,
                workerProcessor,
                brokerProcessor);
    }

    /** Heading of {@link #toRow}. */
    public static String heading() {
        return String.format(
                "%-7s %8s %8s %8s %6s  %s",
                "round", "engine/s", "lanes/s", "worker/s", "ratio", "CPU ms: engine worker broker");
    }

    @Override
    public String toRow(String round) {
        return String.format(
                Locale.ROOT,
                "%-7s %8.0f %8.0f %8.0f %6.3f  %14.3f %6.3f %6.3f",
                round,
                engine,
                lanes,
                worker,
                ratio(),
                engineProcessor,
                workerProcessor,
                brokerProcessor);
    }
}
