package io.lensmill.imaging.simulation;

import io.lensmill.contracts.ClassNames;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The three classes of dark-matter substructure, in the order of the class scores. A folder of a class may have any of
 * its names.
 */
public enum LensClass {
    /** No substructure. */
    NO,
    /** Point-mass subhalos, as cold dark matter has them. */
    SPHERE,
    /** A vortex line, as a superfluid of axions has them. */
    VORTEX;

    private static final List<LensClass> IN_TURN = List.of(values());

    /** The folder name and label that is written: {@code no}, {@code sphere} or {@code vort}. */
    public String label() {
        return names().get(0);
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
        return ClassNames.ALL.get(number());
    }

    /** The class of this name, as {@link ClassNames} understands it, or empty. */
    public static Optional<LensClass> of(String name) {
        return ClassNames.written(name)
                .flatMap(written ->
                        IN_TURN.stream().filter(c -> c.label().equals(written)).findFirst());
    }

    /** The labels in the order of the class scores. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(LensClass::label).toList();
    }
}
