package io.lensmill.cli.terminal;

import io.lensmill.contracts.Printable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A plain line now and then, for log files and pipes: the first, one each few seconds, and the last. */
final class LineProgress implements Progress {

    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final PrintWriter out;
    private final LongSupplier nanoTime;
    private final String title;
    private final String unit;
    private final AtomicLong done = new AtomicLong();
    private volatile long total;
    private volatile String note = "";
    private long nextLineAt;
    private String lastLine = "";

    LineProgress(PrintWriter out, String title, String unit, long total, LongSupplier nanoTime) {
        this.out = out;
        this.title = title;
        this.unit = unit;
        this.total = total;
        this.nanoTime = nanoTime;
        this.nextLineAt = nanoTime.getAsLong();
    }

    @Override
    public void total(long newTotal) {
        total = newTotal;
    }

    @Override
    public void at(long newDone, String newNote) {
        done.set(newDone);
        note = newNote;
        printWhenDue();
    }

    @Override
    public void advance() {
        done.incrementAndGet();
        printWhenDue();
    }

    @Override
    public void close() {
        print();
    }

    private synchronized void printWhenDue() {
        if (nanoTime.getAsLong() >= nextLineAt) {
            print();
        }
    }

    private synchronized void print() {
        nextLineAt = nanoTime.getAsLong() + PAUSE_NANOS;
        String line = line();
        if (!line.equals(lastLine)) {
            out.println(Printable.line(line));
            out.flush();
        }
        lastLine = line;
    }

    private String line() {
        String count = total > 0 ? done.get() + " of " + total : Long.toString(done.get());
        String withUnit = unit.isEmpty() ? count : count + " " + unit;
        return "    " + title + ": " + withUnit + (note.isEmpty() ? "" : "  " + note);
    }
}
