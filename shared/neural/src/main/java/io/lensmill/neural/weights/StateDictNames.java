package io.lensmill.neural.weights;

import io.lensmill.reading.VisibleText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a network's parameters among the names of a file: under their own names, under these behind one prefix, as
 * {@code module.} of DataParallel, or under the names that torchvision's ResNets have, with or without a prefix. All
 * parameters by the same rule, so that none is taken from another network in the file.
 */
public final class StateDictNames {

    /** Prefixes that are tried; a file has one, or one for each network in it. */
    private static final int MOST_PREFIXES = 8;

    private static final Pattern BLOCK = Pattern.compile("layer(\\d+)\\.(\\d+)\\.(.*)");
    private static final Pattern CONVOLUTION = Pattern.compile("conv(\\d+)\\.0\\.(weight|bias)");
    private static final Pattern NORM = Pattern.compile("conv(\\d+)\\.1\\.(.*)");

    /** The stem's convolution has a bias here and none there: zeros are the same. */
    private static final String STEM_BIAS = "conv1.0.bias";

    /** One way to read the file: names by parameter, and those of them that the file has not. */
    private record Reading(String prefix, Map<String, String> names, List<String> lacking) {

        static Reading of(String prefix, Map<String, String> names, Set<String> present) {
            Map<String, String> all = new LinkedHashMap<>(names);
            all.replaceAll((ours, theirs) -> prefix + theirs);
            return new Reading(
                    prefix,
                    all,
                    all.values().stream()
                            .filter(name -> !present.contains(name))
                            .toList());
        }

        boolean fits() {
            return lacking.isEmpty();
        }

        int found() {
            return names.size() - lacking.size();
        }
    }

    private StateDictNames() {}

    /**
     * Where each parameter stands.
     *
     * @param wanted names of all parameters of a network, at least one
     * @param present names in a file
     * @return name in the file by name of the parameter; a parameter that is not among them is zero in that file
     * @throws IOException when some are missing however they are looked for, or two prefixes would do; says what is
     *     there and what is missing
     */
    public static Map<String, String> match(List<String> wanted, Set<String> present) throws IOException {
        List<Reading> tried = new ArrayList<>();
        for (Map<String, String> names : spellings(wanted)) {
            List<Reading> readings = readings(names, present);
            List<Reading> fitting = readings.stream().filter(Reading::fits).toList();
            // Names without a prefix are meant whatever else the file holds.
            if (fitting.size() > 1 && !fitting.get(0).prefix().isEmpty()) {
                throw new IOException("The file has this network's weights more than once, under the prefixes "
                        + Words.few(fitting.stream().map(Reading::prefix).toList()) + "; leave one of them");
            }
            if (!fitting.isEmpty()) {
                return fitting.get(0).names();
            }
            tried.addAll(readings);
        }
        throw missing(wanted, present, tried);
    }

    /** Our own names; torchvision's; and those without the bias of the stem, which its own networks have not. */
    private static List<Map<String, String>> spellings(List<String> wanted) {
        Map<String, String> own = new LinkedHashMap<>();
        Map<String, String> torchvision = new LinkedHashMap<>();
        wanted.forEach(name -> own.put(name, name));
        wanted.forEach(name -> torchvision.put(name, torchvision(name)));
        if (torchvision.equals(own)) {
            return List.of(own);
        }
        Map<String, String> withoutBias = new LinkedHashMap<>(torchvision);
        withoutBias.remove(STEM_BIAS);
        return List.of(own, torchvision, withoutBias);
    }

    /** Without a prefix, and behind each that stands before the first of the names. */
    private static List<Reading> readings(Map<String, String> names, Set<String> present) {
        String ending = "." + names.values().iterator().next();
        return Stream.concat(
                        Stream.of(""),
                        present.stream()
                                .filter(name -> name.endsWith(ending))
                                .map(name -> name.substring(0, name.length() - ending.length() + 1))
                                .limit(MOST_PREFIXES))
                .map(prefix -> Reading.of(prefix, names, present))
                .toList();
    }

    /** What torchvision calls the parameter: {@code layer1.0.bn1.weight} is {@code layer0.0.conv1.1.weight} here. */
    static String torchvision(String name) {
        Matcher block = BLOCK.matcher(name);
        String before = "";
        String rest = name;
        if (block.matches()) {
            // Stages count from 1 there, from 0 here; the number is one of ours and small.
            before = "layer" + (Integer.parseInt(block.group(1)) + 1) + "." + block.group(2) + ".";
            rest = block.group(3);
        }
        rest = CONVOLUTION.matcher(rest).replaceFirst("conv$1.$2");
        return before + NORM.matcher(rest).replaceFirst("bn$1.$2");
    }

    /** Told in the words of the reading that comes nearest. */
    private static IOException missing(List<String> wanted, Set<String> present, List<Reading> tried) {
        // Of equals the first: our own names.
        Reading nearest = tried.stream()
                .reduce((best, next) -> next.found() > best.found() ? next : best)
                .orElseThrow();
        String lacks = "The file has no tensor named "
                + VisibleText.of(nearest.lacking().get(0))
                + (nearest.lacking().size() == 1
                        ? ""
                        : ", and lacks " + nearest.lacking().size() + " of the network's " + wanted.size()
                                + " tensors in all (" + Words.few(nearest.lacking()) + ")");
        String has = present.isEmpty() ? "it has no tensors" : "it has " + Words.few(present);
        boolean theirs = nearest.names().containsValue(nearest.prefix() + "bn1.weight");
        return new IOException(lacks + "; " + has
                + (theirs
                        ? ". Names of torchvision's ResNets are taken, but the network must have the same blocks"
                                + " (layer1 to layer4 there are layer0 to layer3 here)"
                        : ""));
    }
}
