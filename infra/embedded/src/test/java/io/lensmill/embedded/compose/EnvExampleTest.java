package io.lensmill.embedded.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.embedded.checkout.Checkout;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** infra/compose/.env.example explains what docker-compose.yml takes from outside. */
class EnvExampleTest {

    private static Map<String, Set<String>> referenced;
    private static Map<String, String> documented;
    private static String text;

    @BeforeAll
    static void readBoth() throws IOException {
        referenced = ComposeFile.load().variables();
        text = Checkout.read("infra/compose/.env.example");
        documented = new LinkedHashMap<>();
        text.lines().filter(line -> line.matches("\\w+=.*")).forEach(line -> {
            String[] parts = line.split("=", 2);
            documented.put(parts[0], parts[1]);
        });
    }

    @Test
    void documentsEveryVariableAndNoOther() {
        assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(referenced.keySet());
    }

    @Test
    void showsTheDefaultsAndLeavesSecretsEmpty() {
        documented.forEach((name, value) -> {
            String rule = value.isEmpty() ? ":\\?.+" : ":-" + value;
            assertThat(referenced.get(name)).as(name).allMatch(found -> found.matches(rule));
        });
        assertThat(documented).containsEntry("MINIO_ROOT_USER", "").containsEntry("MINIO_ROOT_PASSWORD", "");
    }

    @Test
    void saysSomethingAboveEachBlock() {
        for (String block : text.split("\n\\s*\n", -1)) {
            assertThat(block.strip()).startsWith("#");
        }
    }

    @Test
    void isNotFollowedByARealOneInTheRepository() throws IOException {
        assertThat(Checkout.read(".gitignore").lines()).contains(".env");
    }
}
