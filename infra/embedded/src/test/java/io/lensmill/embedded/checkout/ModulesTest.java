package io.lensmill.embedded.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** ARCHITECTURE.md says which module stands on which, as the poms have it. */
class ModulesTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z/-]+)` \\| ([a-z, -]*) \\|");
    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>(.*?)</dependency>");
    private static final Pattern OURS = Pattern.compile("<artifactId>lensmill-([a-z-]+)</artifactId>");

    @Test
    void theTableOfModulesIsThatOfThePoms() throws IOException {
        // Given
        Map<String, Set<String>> built = new TreeMap<>();
        for (Path file : Checkout.files()) {
            String pom = file.endsWith("pom.xml") ? Checkout.read(file.toString()) : "";
            if (file.getNameCount() > 1 && !pom.contains("<packaging>pom</packaging>") && !pom.isEmpty()) {
                built.put(slashed(file.getParent()), neededBy(pom));
            }
        }

        // When
        Map<String, Set<String>> told = new TreeMap<>();
        Document.of(Path.of("ARCHITECTURE.md")).section("Modules").lines().forEach(line -> ROW.matcher(line)
                .results()
                .forEach(row -> told.put(row.group(1), names(row.group(2)))));

        // Then
        assertThat(told).isEqualTo(built);
    }

    /** Those of our modules that the main sources may import. */
    private static Set<String> neededBy(String pom) {
        Set<String> modules = new TreeSet<>();
        DEPENDENCY
                .matcher(pom)
                .results()
                .map(MatchResult::group)
                .filter(dependency -> !dependency.contains("<scope>test</scope>"))
                .forEach(dependency -> OURS.matcher(dependency).results().forEach(name -> modules.add(name.group(1))));
        return modules;
    }

    private static Set<String> names(String cell) {
        Set<String> names = new TreeSet<>(Set.of(cell.split(", ")));
        names.remove("-");
        return names;
    }

    private static String slashed(Path folder) {
        return folder.toString().replace('\\', '/');
    }
}
