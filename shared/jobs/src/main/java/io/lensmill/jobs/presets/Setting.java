package io.lensmill.jobs.presets;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One setting of a preset: its name, how its text is read, and what it may be.
 *
 * @param <T> type of the value
 */
public final class Setting<T> {

    private final String name;
    private final String allowed;
    private final Function<String, Optional<T>> reader;

    private Setting(String name, String allowed, Function<String, Optional<T>> reader) {
        this.name = name;
        this.allowed = allowed;
        this.reader = reader;
    }

    /** A whole number from minimum to maximum, both included. */
    public static Setting<Integer> integer(String name, int minimum, int maximum) {
        return new Setting<>(name, minimum + " to " + maximum, text -> number(text, minimum, maximum)
                .filter(Setting::isWhole)
                .map(Double::intValue));
    }

    /** A number from minimum to maximum, both included; never NaN or infinite. */
    public static Setting<Double> decimal(String name, double minimum, double maximum) {
        return new Setting<>(
                name, shortest(minimum) + " to " + shortest(maximum), text -> number(text, minimum, maximum));
    }

    /** true or false. */
    public static Setting<Boolean> flag(String name) {
        return new Setting<>(name, "true, false", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** A constant of the enum, written in lower camel case: ONE_CYCLE is oneCycle. */
    public static <E extends Enum<E>> Setting<E> choice(String name, Class<E> type) {
        return choice(name, List.of(type.getEnumConstants()), Setting::camelCase);
    }

    /**
     * One of the values.
     *
     * @param spelling how each is written
     */
    public static <T> Setting<T> choice(String name, List<T> values, Function<T, String> spelling) {
        String allowed = String.join(", ", values.stream().map(spelling).toList());
        return new Setting<>(name, allowed, text -> values.stream()
                .filter(value -> spelling.apply(value).equals(text))
                .findFirst());
    }

    /** Whole numbers from minimum to maximum, separated by commas; as many as the two last arguments allow. */
    public static Setting<List<Integer>> integers(String name, int minimum, int maximum, int fewest, int most) {
        String allowed = fewest + " to " + most + " numbers of " + minimum + " to " + maximum + ", with commas between";
        return new Setting<>(name, allowed, text -> {
            List<Optional<Double>> items = Arrays.stream(text.split(",", -1))
                    .map(item -> number(item.strip(), minimum, maximum).filter(Setting::isWhole))
                    .toList();
            return items.size() < fewest
                            || items.size() > most
                            || items.stream().anyMatch(Optional::isEmpty)
                    ? Optional.empty()
                    : Optional.of(items.stream()
                            .map(item -> item.orElseThrow().intValue())
                            .toList());
        });
    }

    public String name() {
        return name;
    }

    /** The allowed values, for people. */
    public String allowed() {
        return allowed;
    }

    /** The value that the text stands for, or empty when it is not allowed. */
    Optional<T> read(String text) {
        return reader.apply(text.strip());
    }

    @Override
    public String toString() {
        return name + " (" + allowed + ")";
    }

    private static Optional<Double> number(String text, double minimum, double maximum) {
        try {
            double value = Double.parseDouble(text);
            // Written so that NaN is refused too.
            return value >= minimum && value <= maximum ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value);
    }

    private static String shortest(double value) {
        return isWhole(value) && Math.abs(value) < 1e9 ? Long.toString((long) value) : Double.toString(value);
    }

    private static String camelCase(Enum<?> constant) {
        String[] words = constant.name().toLowerCase(Locale.ROOT).split("_");
        for (int i = 1; i < words.length; i++) {
            words[i] = Character.toUpperCase(words[i].charAt(0)) + words[i].substring(1);
        }
        return String.join("", words);
    }
}
