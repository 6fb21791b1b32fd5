package io.lensmill.neural.networks;

import java.util.List;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

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

    /** A network without classes. */
    public UNetConfig(int dim, List<Integer> multipliers, int attentionHeads, int attentionHeadDim) {
        this(dim, multipliers, attentionHeads, attentionHeadDim, 0);
    }

    /** @throws IllegalArgumentException when a setting is out of its range */
    public UNetConfig {
        multipliers = List.copyOf(multipliers);
        Settings.require(dim >= 4 && dim % 2 == 0, "dim", "an even number of at least 4", dim);
        Settings.require(
                !multipliers.isEmpty() && multipliers.stream().allMatch(m -> m > 0),
                "multipliers",
                "positive numbers",
                multipliers);
        Settings.require(attentionHeads > 0, "attentionHeads", "at least 1", attentionHeads);
        Settings.require(attentionHeadDim > 0, "attentionHeadDim", "at least 1", attentionHeadDim);
        Settings.require(classes >= 0, "classes", "at least 0", classes);
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
