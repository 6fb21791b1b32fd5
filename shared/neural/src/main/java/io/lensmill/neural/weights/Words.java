package io.lensmill.neural.weights;

import io.lensmill.reading.VisibleText;
import java.util.Collection;
import java.util.stream.Collectors;

/** Lists of names in messages. */
final class Words {

    private static final int MOST_NAMES = 3;

    private Words() {}

    /** The first few, and how many more there are. */
    static String few(Collection<String> names) {
        String first = names.stream().limit(MOST_NAMES).map(VisibleText::of).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMES ? first : first + " and " + (names.size() - MOST_NAMES) + " more";
    }
}
