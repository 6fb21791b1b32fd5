package io.lensmill.neural.networks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Settings of a residual network (He et al. 2016) for grey images.
 *
 * @param blocks residual blocks per stage: 3,4,6,3 is ResNet-34 (or ResNet-50 with bottlenecks), 2,2,2,2 ResNet-18
 * @param width channels of the first stage; each later stage doubles them
 * @param bottleneck true: 1x1-3x3-1x1 blocks with fourfold output channels; false: two 3x3 convolutions
 * @param stemPooling true: 3x3 max pooling with stride 2 after the first convolution, as for large images
 * @param dropout probability of dropping a pooled feature in training, 0 to below 1
 * @param classes number of classes
 */
public record ResNetConfig(
        List<Integer> blocks, int width, boolean bottleneck, boolean stemPooling, double dropout, int classes) {

    /** ResNet-152 has 50 blocks and 2,048 features; a description from outside must not claim what nobody can hold. */
    private static final int MOST_STAGES = 8;

    private static final int MOST_BLOCKS = 256;
    private static final int BOTTLENECK_EXPANSION = 4;
    private static final int MOST_FEATURES = 8192;
    private static final int MOST_CLASSES = 10_000;

    /** @throws IllegalArgumentException when a setting is out of its range */
    public ResNetConfig {
        blocks = List.copyOf(blocks);
        Settings.require(
                !blocks.isEmpty()
                        && blocks.size() <= MOST_STAGES
                        && blocks.stream().allMatch(b -> b > 0 && b <= MOST_BLOCKS),
                "blocks",
                "1 to " + MOST_STAGES + " numbers of 1 to " + MOST_BLOCKS,
                blocks);
        int widest = (MOST_FEATURES / (bottleneck ? BOTTLENECK_EXPANSION : 1)) >> (blocks.size() - 1);
        Settings.require(width > 0 && width <= widest, "width", "1 to " + widest + " with these stages", width);
        Settings.require(dropout >= 0 && dropout < 1, "dropout", "in [0, 1)", dropout);
        Settings.require(classes > 1 && classes <= MOST_CLASSES, "classes", "2 to " + MOST_CLASSES, classes);
    }

    /** The seeds' network: ResNet-34 with dropout 0.5. */
    public static ResNetConfig resNet34(int classes) {
        return new ResNetConfig(List.of(3, 4, 6, 3), 64, false, true, 0.5, classes);
    }

    /** Number of pooled features. */
    public int embeddingSize() {
        return (width << (blocks.size() - 1)) * expansion();
    }

    int expansion() {
        return bottleneck ? BOTTLENECK_EXPANSION : 1;
    }

    public String toJson() {
        ObjectNode json = Settings.MAPPER.createObjectNode().put("architecture", "resnet");
        blocks.forEach(json.putArray("blocks")::add);
        return json.put("width", width)
                .put("bottleneck", bottleneck)
                .put("stemPooling", stemPooling)
                .put("dropout", dropout)
                .put("classes", classes)
                .toString();
    }

    /** @throws IllegalArgumentException when the text is no such JSON */
    public static ResNetConfig fromJson(String json) {
        Settings settings = Settings.parse(json, "resnet");
        return new ResNetConfig(
                settings.integers("blocks"),
                settings.integer("width"),
                settings.flag("bottleneck"),
                settings.flag("stemPooling"),
                settings.number("dropout"),
                settings.integer("classes"));
    }
}
