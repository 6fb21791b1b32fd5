package io.lensmill.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Each schema file is of use alone, to every Avro library: strangers take one file, not the folder. */
class SchemaFilesTest {

    private static final Set<String> NAMED_TYPES = Set.of("record", "enum", "fixed");

    static List<Path> schemaFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/avro"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("schemaFiles")
    void aFileGivesItsRecordWithoutAnyOther(Path file) throws Exception {
        // When
        Schema schema = new Schema.Parser().parse(file.toFile());

        // Then: down to the words of the documentation
        Class<?> type = Class.forName(schema.getFullName());
        assertThat(file.getFileName()).hasToString(type.getSimpleName() + ".avsc");
        assertThat(withoutJavaTypes(SpecificData.get().getSchema(type))).isEqualTo(withoutJavaTypes(schema));
    }

    /** Java's parser takes a repeated definition that is equal; fastavro refuses it. */
    @ParameterizedTest
    @MethodSource("schemaFiles")
    void aFileDefinesATypeOnce(Path file) throws Exception {
        // Given
        List<String> defined = new ArrayList<>();

        // When
        addDefined(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file)), defined);

        // Then
        assertThat(defined).isNotEmpty().doesNotHaveDuplicates();
    }

    private static void addDefined(Object node, List<String> defined) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("type") instanceof String type && NAMED_TYPES.contains(type)) {
                defined.add((String) map.get("name"));
            }
            map.values().forEach(value -> addDefined(value, defined));
        } else if (node instanceof List<?> list) {
            list.forEach(value -> addDefined(value, defined));
        }
    }

    /** The generated classes say beside each text that it is a String in Java. */
    private static String withoutJavaTypes(Schema schema) {
        return schema.toString()
                .replace(",\"avro.java.string\":\"String\"", "")
                .replace("{\"type\":\"string\"}", "\"string\"");
    }
}
