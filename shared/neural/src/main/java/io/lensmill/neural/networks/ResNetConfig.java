package io.lensmill.neural.networks;

import java.util.List;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

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

    /** @throws IllegalArgumentException when a setting is out of its range */
    public ResNetConfig {
        blocks = List.copyOf(blocks);
        Settings.require(
                !blocks.isEmpty() && blocks.stream().allMatch(b -> b > 0), "blocks", "positive numbers", blocks);
        Settings.require(width > 0, "width", "at least 1", width);
        Settings.require(dropout >= 0 && dropout < 1, "dropout", "in [0, 1)", dropout);
        Settings.require(classes > 1, "classes", "at least 2", classes);
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
        return bottleneck ? 4 : 1;
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
