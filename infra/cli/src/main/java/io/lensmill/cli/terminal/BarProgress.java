package io.lensmill.cli.terminal;

import io.lensmill.contracts.Printable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is redrawn in place, for a terminal. */
final class BarProgress implements Progress {

    private static final int UPDATE_MILLIS = 250;

    private final ProgressBar bar;

    BarProgress(String title, String unit, long total, int columns) {
        bar = new ProgressBarBuilder()
                .setTaskName(title)
                .setUnit(unit.isEmpty() ? "" : " " + unit, 1)
                .setInitialMax(total)
                .setMaxRenderedLength(columns)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .hideEta()
                .continuousUpdate()
                .build();
    }

    @Override
    public void total(long total) {
        bar.maxHint(total);
    }

    @Override
    public void at(long done, String note) {
        bar.stepTo(done);
        bar.setExtraMessage(Printable.line(note));
    }

    @Override
    public void advance() {
        bar.step();
    }

    @Override
    public void close() {
        bar.close();
    }
}
