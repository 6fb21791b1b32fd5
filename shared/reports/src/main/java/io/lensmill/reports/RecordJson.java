package io.lensmill.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lensmill.contracts.Printable;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records as JSON for people and for jq: field names as in the schemas, unions without Avro's type tags, times as ISO
 * 8601, bytes as base64, figures that are no numbers as null. What would act on a terminal is escaped.
 */
public final class RecordJson {

    private static final ObjectMapper COMPACT = JsonMapper.builder().build();
    private static final ObjectMapper INDENTED =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private RecordJson() {}

    /** An indented document of records, maps, lists and plain values. */
    public static String text(Object value) {
        return write(INDENTED, value);
    }

    /** A record, or a map of plain values, on one line. */
    public static String line(Object value) {
        return write(COMPACT, value);
    }

    private static String write(ObjectMapper mapper, Object value) {
        try {
            return Printable.json(mapper.writeValueAsString(plain(value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record could not be written as JSON", e);
        }
    }

    private static Object plain(Object value) {
        if (value instanceof SpecificRecord message) {
            return fields(message);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, item) -> plain.put(key.toString(), plain(item)));
            return plain;
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(RecordJson::plain).collect(Collectors.toList());
        }
        return scalar(value);
    }

    private static Map<String, Object> fields(SpecificRecord message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Schema.Field field : message.getSchema().getFields()) {
            fields.put(field.name(), plain(message.get(field.pos())));
        }
        return fields;
    }

    private static Object scalar(Object value) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return Double.isFinite(number.doubleValue()) ? number : null;
        }
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return Base64.getEncoder().encodeToString(copy);
        }
        return value.toString();
    }
}
