package io.lensmill.embedded.compose;

import io.lensmill.embedded.checkout.Checkout;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Environment variables that a worker knows, read from its sources: this module must not depend on a worker.
 *
 * <p>They are the keys of its application.properties and the methods of its {@code @ConfigMapping} interface and of
 * {@code WorkerConfig}, which that extends. Groups are one level deep, nested interfaces or files of their own:
 * {@code StoreConfig store()} with {@code String accessKey()} is {@code lensmill.store.access-key}.
 */
final class WorkerSettings {

    private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(prefix = \"(\\w+)\"\\)");
    private static final Pattern GROUP = Pattern.compile("(?m)^    (\\w+) (\\w+)\\(\\);");
    private static final Pattern SETTING = Pattern.compile("(?m)^ {4,8}[\\w<>]+ (\\w+)\\(\\);");

    private static final String SHARED = "shared/worker/src/main/java/io/lensmill/worker/";

    private WorkerSettings() {}

    static Set<String> environmentVariables(String worker) throws IOException {
        Set<String> variables = new TreeSet<>();
        properties(worker).stringPropertyNames().forEach(name -> variables.add(variable(name)));
        String mapping = mappingSource(worker);
        String prefix = first(MAPPING, mapping).group(1);
        for (String source : List.of(mapping, Checkout.read(SHARED + "WorkerConfig.java"))) {
            for (MatchResult group : GROUP.matcher(source).results().toList()) {
                SETTING.matcher(settingsOf(group.group(1), source))
                        .results()
                        .map(setting -> prefix + "." + group.group(2) + "." + kebab(setting.group(1)))
                        .forEach(name -> variables.add(variable(name)));
            }
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

    private static String settingsOf(String group, String source) throws IOException {
        Matcher nested = Pattern.compile("(?s)\n    interface " + group + " \\{(.*?)\n    }")
                .matcher(source);
        return nested.find() ? nested.group(1) : Checkout.read(SHARED + group + ".java");
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
