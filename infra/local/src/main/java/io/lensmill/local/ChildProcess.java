package io.lensmill.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program that we started, with its output in a log file. */
public final class ChildProcess {

    private final String name;
    private final Process process;
    private final Path log;
    private volatile boolean stopping;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * @param name for messages to people
     * @param command program and arguments; other users of the machine can read them, so no secrets here
     * @param environment variables beside our own; secrets go here
     * @param directory working directory
     * @param log file that gets standard output and standard error, appended
     */
    public static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path directory, Path log)
            throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        ChildProcess child = new ChildProcess(name, builder.start(), log);
        child.process.getOutputStream().close();
        return child;
    }

    public String name() {
        return name;
    }

    public Path log() {
        return log;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Time on processors so far, of all its threads; zero where the system does not tell, or after its end. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /**
     * Halts the program where it stands, or lets it go on: SIGSTOP and SIGCONT.
     *
     * @throws IOException where the system has no such signals
     */
    public void halt(boolean halted) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", halted ? "-STOP" : "-CONT", Long.toString(pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException(name + " (process " + pid() + ") could not be " + (halted ? "halted" : "resumed"));
        }
    }

    /** Ends the program at once, without a chance to put anything in order: SIGKILL. Returns when it has ended. */
    public void kill() throws InterruptedException {
        stopping = true;
        process.destroyForcibly().waitFor();
    }

    /**
     * Calls back once when the program ends without having been asked to. The callback must tell of its failures
     * itself: what it throws is lost.
     */
    public void whenItDies(Consumer<ChildProcess> callback) {
        CompletableFuture<Void> unused = process.onExit().thenRun(() -> {
            if (!stopping) {
                callback.accept(this);
            }
        });
    }

    /** One paragraph: that it ended, with which code, and the last lines of its log. */
    public String obituary() {
        String end = alive() ? " is running." : " ended with exit code " + process.exitValue() + ".";
        return name + end + " Last lines of " + log + ":\n" + LogTail.of(log);
    }

    /** Asks the program to end (SIGTERM). Returns at once. */
    public void askToStop() {
        stopping = true;
        process.destroy();
    }

    /** Waits for the end; a program that takes longer is killed. */
    public void awaitStop(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
