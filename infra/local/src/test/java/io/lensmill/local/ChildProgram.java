package io.lensmill.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** What the supervision tests start: a JVM that fails, waits, refuses to stop, or cleans up when told to end. */
public final class ChildProgram {

    private ChildProgram() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("child: " + arguments[0] + ", variable " + System.getenv("CHILD_VARIABLE"));
        switch (arguments[0]) {
            case "fail" -> System.exit(3);
            case "stubborn" -> Runtime.getRuntime().addShutdownHook(new Thread(ChildProgram::waitForever));
            case "clean-up" -> new StopOnExit(() -> write(Path.of(arguments[1])));
            default -> {}
        }
        System.out.println("child: running");
        waitForever();
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "cleaned up");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
