package io.lensmill.embedded.compose;

import io.lensmill.embedded.checkout.Checkout;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.yml as data, variables not yet replaced. */
final class ComposeFile {

    /** {@code ${NAME}} with what may follow the name; {@code $$} is a dollar sign for the container. */
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Za-z_][A-Za-z0-9_]*)([^}]*)}");

    private final String text;
    private final Map<String, Object> content;

    private ComposeFile(String text) {
        this.text = text;
        this.content = map(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
    }

    static ComposeFile load() throws IOException {
        return new ComposeFile(Checkout.read("docker-compose.yml"));
    }

    Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Object>> services = new LinkedHashMap<>();
        map(content.get("services")).forEach((name, service) -> services.put(name, map(service)));
        return services;
    }

    Map<String, Object> service(String name) {
        return services().get(name);
    }

    Map<String, String> environment(String service) {
        Map<String, String> environment = new LinkedHashMap<>();
        map(service(service).get("environment")).forEach((name, value) -> environment.put(name, (String) value));
        return environment;
    }

    /** Service that is waited for, and what it is waited for to be. */
    Map<String, String> dependencies(String service) {
        Map<String, String> conditions = new LinkedHashMap<>();
        map(service(service).get("depends_on"))
                .forEach((name, rule) -> conditions.put(name, (String) map(rule).get("condition")));
        return conditions;
    }

    List<String> list(String service, String field) {
        Object value = service(service).get(field);
        return value == null
                ? List.of()
                : ((List<?>) value).stream().map(String.class::cast).toList();
    }

    Set<String> volumes() {
        return map(content.get("volumes")).keySet();
    }

    /** Variables that the file takes from outside, each with its default or its demand, for example ":-9092". */
    Map<String, Set<String>> variables() {
        Map<String, Set<String>> variables = new LinkedHashMap<>();
        for (MatchResult match : VARIABLE.matcher(text).results().toList()) {
            variables.computeIfAbsent(match.group(1), name -> new TreeSet<>()).add(match.group(2));
        }
        return variables;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }
}
