package io.lensmill.neural.networks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Settings of the denoising U-Net.
 *
 * @param dim channels at full resolution; even
 * @param multipliers channels of each level as multiples of dim; an image's edge must divide by 2^(levels - 1)
 * @param attentionHeads heads of every attention
 * @param attentionHeadDim channels of one head
 * @param classes number of classes that the network can be told; 0: it is told none
 */
public record UNetConfig(int dim, List<Integer> multipliers, int attentionHeads, int attentionHeadDim, int classes) {

    /** A description from outside must not claim what nobody can hold. */
    private static final int MOST_CHANNELS = 8192;

    private static final int MOST_LEVELS = 8;
    private static final int MOST_CLASSES = 10_000;

    /** A network without classes. */
    public UNetConfig(int dim, List<Integer> multipliers, int attentionHeads, int attentionHeadDim) {
        this(dim, multipliers, attentionHeads, attentionHeadDim, 0);
    }

    /** @throws IllegalArgumentException when a setting is out of its range */
    public UNetConfig {
        multipliers = List.copyOf(multipliers);
        Settings.require(
                dim >= 4 && dim <= MOST_CHANNELS && dim % 2 == 0,
                "dim",
                "an even number of 4 to " + MOST_CHANNELS,
                dim);
        int widest = MOST_CHANNELS / dim;
        Settings.require(
                !multipliers.isEmpty()
                        && multipliers.size() <= MOST_LEVELS
                        && multipliers.stream().allMatch(m -> m > 0 && m <= widest),
                "multipliers",
                "1 to " + MOST_LEVELS + " numbers of 1 to " + widest + " with this dim",
                multipliers);
        Settings.require(
                attentionHeads > 0 && attentionHeads <= MOST_CHANNELS,
                "attentionHeads",
                "1 to " + MOST_CHANNELS,
                attentionHeads);
        int longest = MOST_CHANNELS / attentionHeads;
        Settings.require(
                attentionHeadDim > 0 && attentionHeadDim <= longest,
                "attentionHeadDim",
                "1 to " + longest + " with these heads",
                attentionHeadDim);
        Settings.require(classes >= 0 && classes <= MOST_CLASSES, "classes", "0 to " + MOST_CLASSES, classes);
    }

    /** Smallest number that an image's edge must be a multiple of. */
    public int sizeStep() {
        return 1 << (multipliers.size() - 1);
    }

    public String toJson() {
        ObjectNode json =
                Settings.MAPPER.createObjectNode().put("architecture", "unet").put("dim", dim);
        multipliers.forEach(json.putArray("multipliers")::add);
        json.put("attentionHeads", attentionHeads).put("attentionHeadDim", attentionHeadDim);
        // Left out where there are none, as in models of before there were any.
        return classes == 0 ? json.toString() : json.put("classes", classes).toString();
    }

    /** @throws IllegalArgumentException when the text is no such JSON */
    public static UNetConfig fromJson(String json) {
        Settings settings = Settings.parse(json, "unet");
        return new UNetConfig(
                settings.integer("dim"),
                settings.integers("multipliers"),
                settings.integer("attentionHeads"),
                settings.integer("attentionHeadDim"),
                settings.integerOr("classes", 0));
    }
}
