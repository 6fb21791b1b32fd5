package io.lensmill.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.cli.terminal.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StagesTest {

    private final StringWriter out = new StringWriter();
    private final Stages stages = new Stages(new Screen(new PrintWriter(out), new PrintWriter(out), false, 80), 2);

    @AfterEach
    void close() {
        stages.close();
    }

    @Test
    void stagesAreNumberedAndTimed() throws InterruptedException {
        // When
        int value = stages.run("Add", Duration.ofSeconds(5), () -> "", () -> 1 + 1);
        stages.run("Rest", Duration.ofSeconds(5), () -> "", () -> null);
        // Then
        assertThat(value).isEqualTo(2);
        assertThat(out.toString())
                .contains("[ 1/2] Add")
                .contains("[ 2/2] Rest")
                .contains("done in ");
        assertThat(stages.taken()).extracting(Stages.Taken::stage).containsExactly("Add", "Rest");
    }

    @Test
    void failureNamesStageReasonAndLastNews() {
        assertThatThrownBy(() -> stages.run("Train", Duration.ofSeconds(5), () -> "Last event: step 7", () -> {
                    throw new CommandFailure("job x ended as FAILED: no memory");
                }))
                .isInstanceOf(StageFailure.class)
                .hasMessage("The stage 'Train' failed: job x ended as FAILED: no memory\nLast event: step 7");
    }

    @Test
    void stageThatTakesTooLongIsStopped() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        assertThatThrownBy(() -> stages.run("Wait", Duration.ofMillis(100), () -> "", () -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return null;
                }))
                .isInstanceOf(StageFailure.class)
                .hasMessageContaining("'Wait' failed: it took longer than 0 s");
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }
}
