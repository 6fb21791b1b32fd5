package io.lensmill.cli.demo;

import io.lensmill.cli.terminal.Screen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Runs named stages one after the other, each within its time, and says what it does and how long it took. */
final class Stages implements AutoCloseable {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Screen screen;
    private final int count;
    private final List<Taken> taken = new ArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread stage = new Thread(work, "demo-stage");
        stage.setDaemon(true);
        return stage;
    });

    /**
     * @param count number of stages to come, for people
     */
    Stages(Screen screen, int count) {
        this.screen = screen;
        this.count = count;
    }

    /** A finished stage. */
    record Taken(String stage, double seconds) {}

    /**
     * Runs one stage.
     *
     * @param lastNews what is known of its progress, for the message when it fails
     * @throws StageFailure when it fails or its time is up
     */
    <T> T run(String name, Duration limit, Supplier<String> lastNews, Callable<T> work) throws InterruptedException {
        screen.say("[%2d/%d] %s".formatted(taken.size() + 1, count, name));
        long begin = System.nanoTime();
        Future<T> result = thread.submit(work);
        try {
            T value = result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
            taken.add(new Taken(name, seconds));
            screen.say("        done in %.1f s".formatted(seconds));
            return value;
        } catch (TimeoutException e) {
            result.cancel(true);
            throw new StageFailure(name, "it took longer than " + limit.toSeconds() + " s", lastNews.get(), e);
        } catch (ExecutionException e) {
            throw new StageFailure(name, reason(e.getCause()), lastNews.get(), e.getCause());
        }
    }

    List<Taken> taken() {
        return List.copyOf(taken);
    }

    double totalSeconds() {
        return taken.stream().mapToDouble(Taken::seconds).sum();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.toString() : message;
    }
}
