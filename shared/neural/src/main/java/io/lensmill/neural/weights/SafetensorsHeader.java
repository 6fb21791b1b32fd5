package io.lensmill.neural.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.lensmill.reading.BoundedJson;
import io.lensmill.reading.VisibleText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads the JSON of a safetensors file: name to {dtype, shape, data_offsets}, and texts under {@code __metadata__}. It
 * goes through the text once and keeps nothing that is not asked for, so memory is bounded by the text.
 */
final class SafetensorsHeader {

    /** PyTorch has five dimensions at most in a convolution. */
    static final int MOST_DIMENSIONS = 8;

    private static final int MOST_DIGITS = 10;

    static final String METADATA = "__metadata__";
    private static final String WHAT = "the header of the safetensors file";

    private final JsonParser json;
    private final List<StoredTensor> tensors = new ArrayList<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafetensorsHeader(JsonParser json) {
        this.json = json;
    }

    /** @throws IOException when the text is no such header; says what is wrong, with the tensor's name */
    static SafetensorsHeader parse(byte[] text) throws IOException {
        try (JsonParser json = BoundedJson.parser(WHAT, text)) {
            SafetensorsHeader header = new SafetensorsHeader(json);
            header.parse();
            return header;
        } catch (JsonProcessingException e) {
            throw BoundedJson.refusal(WHAT, e);
        }
    }

    /** In the header's order. */
    List<StoredTensor> tensors() {
        return tensors;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    private void parse() throws IOException {
        require(json.nextToken() == JsonToken.START_OBJECT, () -> WHAT + " is no JSON object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            require(
                    json.nextToken() == JsonToken.START_OBJECT,
                    () -> VisibleText.quoted(name) + " in " + WHAT + " is no object");
            if (name.equals(METADATA)) {
                parseMetadata();
            } else {
                tensors.add(parseTensor(name));
            }
        }
        require(json.nextToken() == null, () -> WHAT + " has more behind its object");
    }

    private void parseMetadata() throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            require(
                    json.nextToken() == JsonToken.VALUE_STRING,
                    () -> METADATA + " of the safetensors file may hold texts alone; " + VisibleText.quoted(name)
                            + " is none");
            metadata.put(name, json.getText());
        }
    }

    private StoredTensor parseTensor(String name) throws IOException {
        ElementType type = null;
        int[] shape = null;
        List<Integer> offsets = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "dtype" -> type = type(name);
                case "shape" -> shape = shape(name);
                case "data_offsets" -> offsets = numbers(name, field, 2);
                default ->
                    throw new IOException(tensor(name) + " has the field " + VisibleText.quoted(field)
                            + "; dtype, shape and data_offsets are known");
            }
        }
        if (type == null || shape == null || offsets == null) {
            throw new IOException(
                    tensor(name) + " lacks " + (type == null ? "dtype" : shape == null ? "shape" : "data_offsets"));
        }
        return checked(name, type, shape, offsets);
    }

    private ElementType type(String name) throws IOException {
        String found = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "no text";
        return ElementType.named(found)
                .orElseThrow(() -> new IOException(tensor(name) + " is of the dtype " + VisibleText.quoted(found)
                        + ", which safetensors does not know"));
    }

    private int[] shape(String name) throws IOException {
        List<Integer> sizes = numbers(name, "shape", MOST_DIMENSIONS);
        long product = 1;
        for (int size : sizes) {
            // A zero must not hide that the others overflow.
            product *= Math.max(1, size);
            if (product > Integer.MAX_VALUE) {
                throw new IOException(
                        tensor(name) + " has the shape " + sizes + ", more than " + Integer.MAX_VALUE + " numbers");
            }
        }
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whole numbers of 0 to 2^31 - 1. */
    private List<Integer> numbers(String name, String field, int most) throws IOException {
        require(json.currentToken() == JsonToken.START_ARRAY, () -> tensor(name) + ": " + field + " is no list");
        List<Integer> numbers = new ArrayList<>(most);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(numbers.size() < most, () -> tensor(name) + ": " + field + " has more than " + most + " numbers");
            numbers.add(number(name, field));
        }
        return numbers;
    }

    /** By its text: a number of many digits must not wrap around. */
    private int number(String name, String field) throws IOException {
        String text = json.currentToken() == JsonToken.VALUE_NUMBER_INT ? json.getText() : "";
        boolean fits = text.length() >= 1 && text.length() <= MOST_DIGITS && text.charAt(0) != '-';
        long number = fits ? Long.parseLong(text) : -1;
        require(
                number >= 0 && number <= Integer.MAX_VALUE,
                () -> tensor(name) + ": " + field + " has " + (text.isEmpty() ? "what is no whole number" : text)
                        + "; 0 to " + Integer.MAX_VALUE + " is allowed");
        return (int) number;
    }

    private static StoredTensor checked(String name, ElementType type, int[] shape, List<Integer> offsets)
            throws IOException {
        require(offsets.size() == 2, () -> tensor(name) + " has " + offsets.size() + " data_offsets; they must be 2");
        StoredTensor stored = new StoredTensor(name, type, shape, offsets.get(0), offsets.get(1));
        long bits = (long) stored.size() * type.bits();
        long bytes = (long) stored.to() - stored.from();
        require(
                bits % 8 == 0 && bytes == bits / 8,
                () -> tensor(name) + " is " + stored + " of " + (bits + 7) / 8 + " bytes, and its data_offsets "
                        + stored.from() + " to " + stored.to() + " are " + bytes);
        return stored;
    }

    private static String tensor(String name) {
        return "Tensor " + VisibleText.quoted(name);
    }

    /** Words are made when they are needed: they cost more than the reading. */
    private static void require(boolean holds, Supplier<String> otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise.get());
        }
    }
}
