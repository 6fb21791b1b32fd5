package io.lensmill.jobs.presets;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Values for every setting of a table, all of them checked. */
public final class Settings {

    private final Map<Setting<?>, Object> values;
    private final Map<String, String> texts;

    Settings(Map<Setting<?>, Object> values, Map<String, String> texts) {
        this.values = Map.copyOf(values);
        this.texts = new TreeMap<>(texts);
    }

    /** @throws IllegalArgumentException when the setting is not of this table */
    @SuppressWarnings("unchecked") // Presets puts in what the setting itself has read.
    public <T> T get(Setting<T> setting) {
        Object value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException("The table has no setting '" + setting.name() + "'");
        }
        return (T) value;
    }

    /** All settings by name, as text. */
    public Map<String, String> asText() {
        return Map.copyOf(texts);
    }

    /** All settings in one line, sorted by name: equal settings give equal lines. */
    @Override
    public String toString() {
        return texts.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }
}
