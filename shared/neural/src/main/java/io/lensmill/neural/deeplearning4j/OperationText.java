package io.lensmill.neural.deeplearning4j;

import io.lensmill.neural.Operation;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/**
 * An operation as text and back, for Deeplearning4j's configuration files: the record's own {@code toString}, for
 * example {@code MaxPool[kernel=3, stride=2, padding=1]}.
 */
final class OperationText {

    private OperationText() {}

    static String write(Operation operation) {
        return operation.toString();
    }

    /** @throws IllegalArgumentException when the text is not what {@link #write} makes */
    static Operation read(String text) {
        int open = text.indexOf('[');
        if (open < 0 || !text.endsWith("]")) {
            throw new IllegalArgumentException("Not an operation: " + text);
        }
        String name = text.substring(0, open);
        Class<?> type = Arrays.stream(Operation.class.getPermittedSubclasses())
                .filter(c -> c.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No operation is named " + name));
        String inner = text.substring(open + 1, text.length() - 1);
        return construct(type, inner.isEmpty() ? new String[0] : inner.split(", "));
    }

    private static Operation construct(Class<?> type, String[] settings) {
        RecordComponent[] components = type.getRecordComponents();
        if (components.length != settings.length) {
            throw new IllegalArgumentException(type.getSimpleName() + " has " + components.length + " settings");
        }
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = parse(types[i], settings[i].substring(settings[i].indexOf('=') + 1));
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return (Operation) constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Cannot make a " + type.getSimpleName(), e);
        }
    }

    private static Object parse(Class<?> type, String value) {
        if (type == int.class) {
            return Integer.valueOf(value);
        }
        return type == double.class ? (Object) Double.valueOf(value) : (Object) Boolean.valueOf(value);
    }
}
