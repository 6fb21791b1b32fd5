package io.lensmill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void whatActsOnATerminalIsShownByName() {
        assertThat(Printable.line("a\u001b[2Jb\u009b1m\u202e\u2028\r\nc\td\u007f"))
                .isEqualTo("a<U+001B>[2Jb<U+009B>1m<U+202E><U+2028><U+000D><U+000A>c<U+0009>d<U+007F>");
        assertThat(Printable.lines("a\n\tb\r")).isEqualTo("a\n\tb<U+000D>");
    }

    @Test
    void whatOnlyLooksUnusualStaysAsItIs() {
        String text = "Zwicky's «ΛCDM» 銀河 \ud83d\udd2d \ufffd é";

        assertThat(Printable.line(text)).isSameAs(text);
        assertThat(Printable.quoted(text)).isEqualTo("'" + text + "'");
    }

    @Test
    void aJsonDocumentMeansTheSameAndDoesNotAct() {
        assertThat(Printable.json("{\n\"a\": \"\u009b1m\u202e\u007f\udb40\udc01\ufffd\"\r\n}"))
                .isEqualTo("{\n\"a\": \"\\u009b1m\\u202e\\u007f\\udb40\\udc01\ufffd\"\r\n}");
    }

    @Test
    void quotedTextIsCutAndSaysSo() {
        assertThat(Printable.quoted("x".repeat(80))).isEqualTo("'" + "x".repeat(80) + "'");
        assertThat(Printable.quoted("x".repeat(81))).isEqualTo("'" + "x".repeat(80) + "…'");
        assertThat(Printable.quoted("\u001b".repeat(80))).hasSize(83).endsWith("…'");
        assertThat(Printable.quoted(null)).isEqualTo("nothing");
        assertThat(Printable.shortened("abcdef", 4)).isEqualTo("abc…");
        assertThat(Printable.shortened("abcd", 4)).isEqualTo("abcd");
    }

    @Test
    void noTextActsOnceItIsPrintable() {
        // Given
        Random random = new Random(20261128);

        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(12); k > 0; k--) {
                text.append((char) (random.nextBoolean() ? random.nextInt(0x110) : random.nextInt(0x10000)));
            }

            // When
            String shown = Printable.line(text.toString());

            // Then
            assertThat(shown.codePoints().anyMatch(Character::isISOControl)).isFalse();
            assertThat(Printable.line(shown)).isEqualTo(shown);
        }
    }
}
