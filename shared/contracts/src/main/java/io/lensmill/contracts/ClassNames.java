package io.lensmill.contracts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The names of the three classes of dark-matter substructure, in messages, folders and files of labels. A class has a
 * written name and aliases; case, spaces around a name, and spaces or hyphens for underscores make no difference.
 */
public final class ClassNames {

    /** The names of each class, in the order of the class scores; the written one first. */
    public static final List<List<String>> ALL = List.of(
            List.of("no", "no_sub", "no_substructure"),
            List.of("sphere", "subhalo", "cdm"),
            List.of("vort", "vortex", "axion"));

    private ClassNames() {}

    /** The written name of the class that is meant; empty when the name is no class's. */
    public static Optional<String> written(String name) {
        String plain = plain(name);
        return ALL.stream()
                .filter(names -> names.contains(plain))
                .map(names -> names.get(0))
                .findFirst();
    }

    /**
     * The class of a model that is meant, in the model's spelling; empty when it is none of them.
     *
     * @param classes the model's class names
     */
    public static Optional<String> among(String name, List<String> classes) {
        String plain = plain(name);
        Optional<String> exact =
                classes.stream().filter(known -> plain(known).equals(plain)).findFirst();
        return exact.isPresent()
                ? exact
                : written(name).flatMap(meant -> classes.stream()
                        .filter(known -> written(known).equals(Optional.of(meant)))
                        .findFirst());
    }

    /** All names, for people: {@code no (no_sub, no_substructure), sphere (…), vort (…)}. */
    public static String listed() {
        return ALL.stream()
                .map(names -> names.get(0) + " (" + String.join(", ", names.subList(1, names.size())) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    }
}
