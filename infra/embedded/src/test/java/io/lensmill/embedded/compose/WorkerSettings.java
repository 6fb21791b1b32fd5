package io.lensmill.embedded.compose;

import io.lensmill.embedded.checkout.Checkout;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Environment variables that a worker knows, read from its sources: this module must not depend on a worker.
 *
 * <p>They are the keys of its application.properties and the methods of its {@code @ConfigMapping} interface, whose
 * nested interfaces are one level deep: {@code Store store()} with {@code String accessKey()} is
 * {@code lensmill.store.access-key}.
 */
final class WorkerSettings {

    private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(prefix = \"(\\w+)\"\\)");
    private static final Pattern GROUP = Pattern.compile("(?m)^    (\\w+) (\\w+)\\(\\);");
    private static final Pattern SETTING = Pattern.compile("(?m)^        [\\w<>]+ (\\w+)\\(\\);");

    private WorkerSettings() {}

    static Set<String> environmentVariables(String worker) throws IOException {
        Set<String> variables = new TreeSet<>();
        properties(worker).stringPropertyNames().forEach(name -> variables.add(variable(name)));
        String source = mappingSource(worker);
        MatchResult mapping = first(MAPPING, source);
        for (MatchResult group : GROUP.matcher(source).results().toList()) {
            String body = nestedInterface(source, group.group(1));
            SETTING.matcher(body)
                    .results()
                    .map(setting -> mapping.group(1) + "." + group.group(2) + "." + kebab(setting.group(1)))
                    .forEach(name -> variables.add(variable(name)));
        }
        return variables;
    }

    private static Properties properties(String worker) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Checkout.read(worker + "/src/main/resources/application.properties")));
        return properties;
    }

    private static String mappingSource(String worker) throws IOException {
        try (Stream<Path> files = Files.walk(Checkout.path(worker + "/src/main/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith("Config.java"))
                    .toList()) {
                String source = Files.readString(file);
                if (MAPPING.matcher(source).find()) {
                    return source;
                }
            }
        }
        throw new AssertionError("No @ConfigMapping interface in " + worker);
    }

    private static String nestedInterface(String source, String name) {
        return first(Pattern.compile("(?s)\n    interface " + name + " \\{(.*?)\n    }"), source)
                .group(1);
    }

    private static MatchResult first(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing matches " + pattern));
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
