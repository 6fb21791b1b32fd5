package io.lensmill.imaging.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The three classes of dark-matter substructure, in the order of the class scores. A folder of a class may have any of
 * its names.
 */
public enum LensClass {
    /** No substructure. */
    NO("no", "no_sub", "no_substructure"),
    /** Point-mass subhalos, as cold dark matter has them. */
    SPHERE("sphere", "subhalo", "cdm"),
    /** A vortex line, as a superfluid of axions has them. */
    VORTEX("vort", "vortex", "axion");

    private static final List<LensClass> IN_TURN = List.of(values());

    private final List<String> names;

    LensClass(String... names) {
        this.names = List.of(names);
    }

    /** The folder name and label that is written: {@code no}, {@code sphere} or {@code vort}. */
    public String label() {
        return names.get(0);
    }

    /** Its number among the class scores, from 0. */
    @SuppressWarnings("EnumOrdinal") // The order of the constants is the order of the scores, as the type says.
    public int number() {
        return ordinal();
    }

    /** The class of a number; numbers from 3 begin anew, so that a series of images has all classes alike. */
    public static LensClass inTurn(int number) {
        return IN_TURN.get(number % IN_TURN.size());
    }

    /** Every name that is understood, the written one first. */
    public List<String> names() {
        return names;
    }

    /** The class of this name, whatever its case, or empty. */
    public static Optional<LensClass> of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(c -> c.names.contains(lower)).findFirst();
    }

    /** The labels in the order of the class scores. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(LensClass::label).toList();
    }
}
