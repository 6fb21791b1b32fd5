package io.lensmill.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.junit.jupiter.api.Test;

class SchemaCacheTest {

    private final SchemaCache cache = new SchemaCache();

    @Test
    void equalTextsGiveTheSameSchemaObject() throws Exception {
        // When
        Schema first = cache.parsed(record(1));
        Schema again = cache.parsed(record(1));

        // Then
        assertThat(again).isSameAs(first);
        assertThat(again.getName()).isEqualTo("R1");
    }

    @Test
    void manyDifferentSchemasPushTheOldestOut() throws Exception {
        // Given
        Schema first = cache.parsed(record(0));

        // When
        for (int i = 1; i <= SchemaCache.CAPACITY; i++) {
            cache.parsed(record(i));
        }

        // Then
        assertThat(cache.parsed(record(0))).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void whatIsNoSchemaIsRefusedEveryTime() throws Exception {
        byte[] broken = "{\"type\": \"recor".getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> cache.parsed(broken)).isInstanceOf(SchemaParseException.class);
        }
    }

    private static byte[] record(int i) {
        return ("{\"type\": \"record\", \"name\": \"R" + i + "\", \"fields\": []}").getBytes(StandardCharsets.UTF_8);
    }
}
