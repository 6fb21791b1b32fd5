package io.lensmill.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedJsonTest {

    private enum Colour {
        RED,
        BLUE
    }

    private record Inner(List<Integer> numbers) {}

    private record Outer(String name, Inner inner, Colour colour) {

        private Outer {
            if ("bad".equals(name)) {
                throw new IllegalArgumentException("name must not be bad");
            }
        }
    }

    @Test
    void jsonOfAKnownFormIsRead() throws Exception {
        Outer read = BoundedJson.value(
                "f", "{\"name\":\"n\",\"inner\":{\"numbers\":[1,2]},\"colour\":\"RED\"}", Outer.class);

        assertThat(read).isEqualTo(new Outer("n", new Inner(List.of(1, 2)), Colour.RED));
    }

    @Test
    void aByteOrderMarkIsPassedOver() throws Exception {
        assertThat(BoundedJson.tree("f", "\uFEFF[1]".getBytes(StandardCharsets.UTF_8)))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'name': x}|it is no JSON: something stands at line 1, column 10 that JSON does not allow there",
                "{'name': 'n'|it ends in the middle, before all of its objects, lists and texts are closed",
                "{'name': 'n',|it ends in the middle, before all of its objects, lists and texts are closed",
                "{'name': 'n|it ends in the middle, before all of its objects, lists and texts are closed",
                "{'name': 'n'} 5|more follows behind its end at line 1, column 15",
                "{'name': 'a', 'name': 'b'}|the name 'name' stands twice in one object at line 1, column 21",
                "{'nmae': 'n'}|'nmae' at line 1, column 14 is not known; known are colour, inner, name",
                "{'inner': {'numbers': ['x']}}"
                        + "|'inner.numbers[0]' at line 1, column 24 must be a number in the range of Integer; got 'x'",
                "{'colour': 'GREEN'}|'colour' at line 1, column 12 must be one of RED, BLUE; got 'GREEN'",
                "{'name': 'bad'}|name must not be bad",
                "{'inner': 3}|'inner' at line 1, column 11 has not the form that is expected there",
                "'   '|its value at line 1, column 1 must be an object or a list; got ''",
                "null|it is null",
                " |it is empty where JSON is expected",
                "1e999999999x|it is no JSON: something stands at line 1, column 12 that JSON does not allow there",
            })
    void whatIsWrongIsSaidInPlainWords(String json, String words) {
        String text = json == null ? "" : json.replace('\'', '"');

        assertThatThrownBy(() -> BoundedJson.value("prior.json", text, Outer.class))
                .isInstanceOf(UnreadableJsonException.class)
                .hasMessage("prior.json cannot be used: " + words);
    }

    @Test
    void everyLimitHasASentence() {
        refused("[".repeat(33) + "]".repeat(33), "it is nested deeper than 32 levels");
        refused("[" + "9".repeat(100) + "]", "a number has more than 64 characters");
        refused("{\"" + "n".repeat(3000) + "\":1}", "a name has more than 2048 characters");
        refused("\"" + "t".repeat(8 * 1024 * 1024 + 1) + "\"", "a text has more than 8388608 characters");
    }

    @Test
    void bytesThatAreNoUtf8AreNotReplaced() {
        assertThatThrownBy(() -> BoundedJson.tree("f", new byte[] {'"', (byte) 0xC3, '"'}))
                .isInstanceOf(UnreadableJsonException.class)
                .hasMessage("f cannot be used: its bytes are no text in UTF-8");
    }

    @Test
    void controlCharactersOfANameAreMadeVisible() {
        refused("{\"a\\u001b[2J\":1,\"a\\u001b[2J\":1}", "the name 'a<U+001B>[2J' stands twice");
    }

    @Test
    void filesThatAreNoneAreNamed(@TempDir Path folder) throws Exception {
        // Given
        Path empty = Files.createFile(folder.resolve("empty.json"));
        Path large = Files.writeString(folder.resolve("large.json"), "[1, 2, 3]");
        Path absent = folder.resolve("absent.json");

        // When / Then
        assertThatThrownBy(() -> BoundedJson.file(absent, 8, Outer.class))
                .hasMessage(absent + " cannot be read: there is no such file");
        assertThatThrownBy(() -> BoundedJson.file(folder, 8, Outer.class))
                .hasMessage(folder + " cannot be read: it is a folder, not a file");
        assertThatThrownBy(() -> BoundedJson.file(empty, 8, Outer.class))
                .hasMessage(empty + " cannot be used: it is empty where JSON is expected");
        assertThatThrownBy(() -> BoundedJson.file(large, 8, Outer.class))
                .hasMessage(large + " cannot be read: it has 9 bytes; at most 8 are read");
        assertThat(BoundedJson.file(large, 9, Integer[].class)).containsExactly(1, 2, 3);
    }

    private static void refused(String json, String words) {
        assertThatThrownBy(() -> BoundedJson.tree("f", json))
                .isInstanceOf(UnreadableJsonException.class)
                .hasMessageStartingWith("f cannot be used: " + words);
    }
}
