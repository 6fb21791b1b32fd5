package io.lensmill.metrics.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * The processor cores that metrics may take: {@value #PROPERTY}, or the environment variable {@value #VARIABLE}, or
 * half of the cores, at least one, since other workers live on the same machine. Native calls run on the thread that
 * makes them, so this is the only place where work is divided.
 */
public final class Lanes {

    /** System property with the number of lanes, 1 or more. */
    public static final String PROPERTY = "lensmill.linear.threads";

    /** Environment variable of the same meaning; the property goes first. */
    public static final String VARIABLE = "LENSMILL_LINEAR_THREADS";

    private static final int COUNT =
            count(Setting.text(PROPERTY, VARIABLE), Runtime.getRuntime().availableProcessors());

    /** The caller is a lane itself. */
    private static final ForkJoinPool OTHERS = COUNT == 1 ? null : new ForkJoinPool(COUNT - 1);

    private Lanes() {}

    public static int count() {
        return COUNT;
    }

    /** @param text null for the default */
    static int count(String text, int cores) {
        if (text == null) {
            return Math.max(1, cores / 2);
        }
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException(
                    PROPERTY + " must be a whole number from 1 to 9999; got '" + text + "'.");
        }
        return Integer.parseInt(text);
    }

    /**
     * Runs the tasks 0 to n-1, in this order on one lane, otherwise side by side, and returns when all have ended.
     * Tasks write to places of their own; so the result does not depend on the number of lanes.
     */
    public static void forEach(int tasks, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        Runnable lane = () -> {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                task.accept(i);
            }
        };
        List<ForkJoinTask<?>> others = new ArrayList<>();
        for (int i = 1; i < Math.min(COUNT, tasks); i++) {
            others.add(OTHERS.submit(lane));
        }
        try {
            lane.run();
        } finally {
            next.set(tasks);
            others.forEach(ForkJoinTask::quietlyJoin);
        }
        others.forEach(ForkJoinTask::join);
    }
}
