package io.lensmill.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Screen screen = new Screen(new PrintWriter(out), new PrintWriter(err), false, 80);

    @Test
    void nothingThatIsWrittenActsOnTheTerminal() {
        // Given
        Random random = new Random(20261128);
        for (int i = 0; i < 5_000; i++) {
            String text = text(random);
            // When
            screen.say(text);
            screen.warn(text);
            try (Progress progress = screen.progress("reading", "images", 3)) {
                progress.at(1, text);
            }
        }
        // Then
        assertThat((out.toString() + err).codePoints().filter(point -> point != '\n' && point != '\t'))
                .noneMatch(point -> switch (Character.getType(point)) {
                    case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR -> true;
                    default -> false;
                });
    }

    @Test
    void ordinaryTextIsWrittenAsItIs() {
        // When
        screen.say("Zwicky's «ΛCDM»\n\t銀河 \ufffd");
        // Then
        assertThat(out).hasToString("Zwicky's «ΛCDM»\n\t銀河 \ufffd" + System.lineSeparator());
    }

    /** Of escapes, marks of direction and the rest, each often. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int k = random.nextInt(12); k > 0; k--) {
            switch (random.nextInt(3)) {
                case 0 -> text.append((char) random.nextInt(0x110));
                case 1 -> text.append((char) (0x2000 + random.nextInt(0x70)));
                default -> text.append((char) random.nextInt(0x10000));
            }
        }
        return text.toString();
    }
}
