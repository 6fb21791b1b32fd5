package io.lensmill.jobs.presets;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The presets of one kind of training, read from {@code /presets/<kind>/<name>.properties} on the class path. Every
 * preset names every setting, so that a file tells all of its run.
 */
public final class Presets {

    private final String kind;
    private final List<Setting<?>> settings;
    private final Map<String, Map<String, String>> byName = new LinkedHashMap<>();

    /**
     * @param kind folder below {@code /presets}
     * @param owner a class beside whose resources the files stand
     * @param names the presets, in the order in which refusals list them
     * @param settings every setting that a preset has
     * @throws IllegalStateException when a file is missing, lacks a setting or holds a wrong one
     */
    public Presets(String kind, Class<?> owner, List<String> names, List<Setting<?>> settings) {
        this.kind = kind;
        this.settings = List.copyOf(settings);
        for (String name : names) {
            byName.put(name, load(owner, "/presets/" + kind + "/" + name + ".properties"));
            requireComplete(name);
        }
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * The preset's settings with the overrides in their place.
     *
     * @throws RefusedException UNKNOWN_PRESET with the names there are; INVALID_PARAMETER with the settings there are,
     *     or the values that the setting may have
     */
    public Settings resolve(String preset, Map<String, String> overrides) throws RefusedException {
        Map<String, String> base = byName.get(preset);
        if (base == null) {
            throw new RefusedException(
                    RefusalCode.UNKNOWN_PRESET,
                    "There is no " + kind + " preset '" + printable(preset) + "'; there are "
                            + String.join(", ", byName.keySet()) + ".");
        }
        requireKnown(overrides);
        Map<String, String> texts = new HashMap<>(base);
        texts.putAll(overrides);
        return read(texts);
    }

    private Settings read(Map<String, String> texts) throws RefusedException {
        Map<Setting<?>, Object> values = new HashMap<>();
        for (Setting<?> setting : settings) {
            String text = texts.get(setting.name());
            Object value = setting.read(text)
                    .orElseThrow(() -> new RefusedException(
                            RefusalCode.INVALID_PARAMETER,
                            "overrides." + setting.name() + " must be " + setting.allowed() + "; got '"
                                    + printable(text) + "'."));
            values.put(setting, value);
        }
        return new Settings(values, texts);
    }

    private void requireKnown(Map<String, String> overrides) throws RefusedException {
        TreeSet<String> unknown = new TreeSet<>(overrides.keySet());
        settings.forEach(setting -> unknown.remove(setting.name()));
        if (!unknown.isEmpty()) {
            throw new RefusedException(
                    RefusalCode.INVALID_PARAMETER,
                    "overrides has no setting '" + printable(unknown.first()) + "'; the " + kind + " settings are "
                            + settings.stream().map(Setting::toString).collect(Collectors.joining("; ")) + ".");
        }
    }

    private void requireComplete(String name) {
        TreeSet<String> missing =
                new TreeSet<>(settings.stream().map(Setting::name).toList());
        missing.removeAll(byName.get(name).keySet());
        if (!missing.isEmpty()) {
            throw new IllegalStateException("The " + kind + " preset " + name + " lacks " + missing);
        }
        try {
            resolve(name, Map.of());
            requireKnown(byName.get(name));
        } catch (RefusedException e) {
            throw new IllegalStateException("The " + kind + " preset " + name + " is wrong: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> load(Class<?> owner, String resource) {
        try (InputStream file = owner.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException("There is no preset file " + resource);
            }
            Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8);
            Properties properties = new Properties();
            properties.load(reader);
            Map<String, String> texts = new HashMap<>();
            properties
                    .stringPropertyNames()
                    .forEach(
                            name -> texts.put(name, properties.getProperty(name).strip()));
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException("Reading the preset file " + resource + " failed", e);
        }
    }

    private static String printable(String text) {
        String clean = String.valueOf(text).replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        return clean.length() <= 80 ? clean : clean.substring(0, 80) + "…";
    }
}
