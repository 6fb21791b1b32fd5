package io.lensmill.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RoadsTest {

    private static final Pattern LINK = Pattern.compile("\\[(\\w+)]\\(([^)]+[.]java)\\)");

    @Test
    void everyFileThatTheReadmeNamesOnARoadIsThere() throws Exception {
        // When
        String readme = Files.readString(Path.of("README.md"));
        String roads = readme.substring(readme.indexOf("## Roads, file by file"));

        // Then
        assertThat(LINK.matcher(roads).results()).hasSizeGreaterThan(10).allSatisfy(RoadsTest::leadsToItsClass);
    }

    private static void leadsToItsClass(MatchResult link) {
        assertThat(Path.of(link.group(2))).exists().hasFileName(link.group(1) + ".java");
    }
}
