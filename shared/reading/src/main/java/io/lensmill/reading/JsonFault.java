package io.lensmill.reading;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts what Jackson has thrown into words for people: a clause that says what is wrong, and where. */
final class JsonFault {

    private static final int MOST_NAMES = 20;
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate [^'\"]*['\"](.*)['\"]", Pattern.DOTALL);

    private JsonFault() {}

    static String words(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return limit(e.getOriginalMessage().toLowerCase(Locale.ROOT)) + place(e.getLocation());
        }
        // Behind a comma Jackson has no exception of its own for the end.
        if (e instanceof JsonEOFException
                || String.valueOf(e.getOriginalMessage()).startsWith("Unexpected end-of-input")) {
            return "it ends in the middle, before all of its objects, lists and texts are closed";
        }
        if (e instanceof JsonMappingException mapping) {
            return form(mapping);
        }
        Matcher duplicate = DUPLICATE.matcher(String.valueOf(e.getOriginalMessage()));
        return duplicate.lookingAt()
                ? "the name " + VisibleText.quoted(duplicate.group(1)) + " stands twice in one object"
                        + place(e.getLocation())
                : "it is no JSON" + syntax(e.getLocation());
    }

    private static String limit(String message) {
        if (message.contains("nesting")) {
            return "it is nested deeper than " + BoundedJson.MOST_LEVELS + " levels";
        }
        if (message.contains("number")) {
            return "a number has more than " + BoundedJson.MOST_NUMBER_CHARACTERS + " characters";
        }
        return message.contains("name")
                ? "a name has more than " + BoundedJson.MOST_NAME_CHARACTERS + " characters"
                : "a text has more than " + BoundedJson.MOST_TEXT_CHARACTERS + " characters";
    }

    private static String form(JsonMappingException e) {
        if (e.getCause() instanceof JsonProcessingException inner && inner != e) {
            return words(inner);
        }
        String path = path(e);
        if (e instanceof UnrecognizedPropertyException unknown) {
            List<Object> known = List.copyOf(unknown.getKnownPropertyIds());
            return VisibleText.quoted(path) + place(e.getLocation()) + " is not known; known are "
                    + known.stream()
                            .limit(MOST_NAMES)
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        if (e instanceof ValueInstantiationException && e.getCause() != null) {
            return (path.isEmpty() ? "" : VisibleText.quoted(path) + ": ")
                    + e.getCause().getMessage();
        }
        String where = (path.isEmpty() ? "its value" : VisibleText.quoted(path)) + place(e.getLocation());
        if (e instanceof InvalidFormatException wrong) {
            return where + " must be " + kind(wrong.getTargetType()) + "; got "
                    + VisibleText.quoted(String.valueOf(wrong.getValue()));
        }
        return String.valueOf(e.getOriginalMessage()).startsWith("Trailing")
                ? "more follows behind its end" + place(e.getLocation())
                : where + " has not the form that is expected there";
    }

    private static String kind(Class<?> type) {
        if (type == null) {
            return "of another kind";
        }
        if (type.isEnum()) {
            return "one of "
                    + List.of(type.getEnumConstants()).stream()
                            .map(Objects::toString)
                            .collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return Number.class.isAssignableFrom(type) || type.isPrimitive()
                ? "a number in the range of " + type.getSimpleName()
                : "an object or a list";
    }

    /** For example {@code settings.source.radius[1]}. */
    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    private static String syntax(JsonLocation at) {
        if (at == null) {
            return "";
        }
        return ":" + place(at).replace(" at", " something stands at") + " that JSON does not allow there";
    }

    private static String place(JsonLocation at) {
        return at == null || at.getLineNr() < 1 ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
