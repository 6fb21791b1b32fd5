package io.lensmill.classifier.foreign;

import io.lensmill.neural.Safetensors;
import io.lensmill.neural.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Tells how far an image is from those that a model was trained on, by two distances: of its embedding, for what it
 * shows, and of its {@linkplain Texture texture}, for how it was taken. Each is in units of what 95 % of held-out
 * images do not exceed, and the larger one counts. Held-out images, which the network has not learned, also set the
 * threshold. Unchangeable, safe for several threads.
 */
public final class ForeignDetector {

    /** Name of its file among the files of a model. */
    public static final String FILE = "foreign.safetensors";

    /** Share of images like the held-out ones that lie beyond the threshold, at most. */
    public static final double FALSE_ALARM_RATE = 0.05;

    /** Percentiles are told to a thousandth; more held-out distances than this are thinned to it. */
    private static final int MOST_DISTANCES = 2000;

    private static final String EMBEDDING = "embedding";
    private static final String TEXTURE = "texture";
    private static final String WHITENING = ".whitening";
    private static final String MEANS = ".classMeans";
    private static final String UNIT = ".unit";
    private static final String DISTANCES = "heldOutDistances";
    private static final String THRESHOLD = "threshold";
    private static final String RATE = "falseAlarmRate";

    private final Part embedding;
    private final Part texture;
    private final float[] heldOut;
    private final double threshold;
    private final double falseAlarmRate;

    /**
     * One of the two distances.
     *
     * @param unit what the distance is divided by, above 0
     */
    private record Part(Mahalanobis distance, double unit) {

        double of(float[] row) {
            return distance.distance(row) / unit;
        }
    }

    private ForeignDetector(Part embedding, Part texture, float[] heldOut, double threshold, double falseAlarmRate) {
        this.embedding = embedding;
        this.texture = texture;
        this.heldOut = heldOut;
        this.threshold = threshold;
        this.falseAlarmRate = falseAlarmRate;
    }

    /**
     * @param training images that the network has learned, at least one
     * @param labels class of each, from 0
     * @param heldOut images that it has not learned; below 19 of them nothing is called foreign, since no threshold is
     *     known to be exceeded by so few by chance
     */
    public static ForeignDetector fit(List<Looks> training, int[] labels, List<Looks> heldOut) {
        List<Looks> usual = heldOut.isEmpty() ? training : heldOut;
        Mahalanobis ofEmbedding =
                Mahalanobis.fit(training.stream().map(Looks::embedding).toList(), labels);
        Mahalanobis ofTexture =
                Mahalanobis.fit(training.stream().map(Looks::texture).toList(), new int[labels.length]);
        Part embedding = new Part(ofEmbedding, unit(usual, looks -> ofEmbedding.distance(looks.embedding())));
        Part texture = new Part(ofTexture, unit(usual, looks -> ofTexture.distance(looks.texture())));
        ForeignDetector unset =
                new ForeignDetector(embedding, texture, new float[0], Double.POSITIVE_INFINITY, FALSE_ALARM_RATE);
        float[] distances = new float[heldOut.size()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = (float) unset.distance(heldOut.get(i));
        }
        Arrays.sort(distances);
        return new ForeignDetector(embedding, texture, thinned(distances), threshold(distances), FALSE_ALARM_RATE);
    }

    /** What so many do not exceed that the rest is the false-alarm rate; 1 where all distances are 0. */
    private static double unit(List<Looks> usual, ToDoubleFunction<Looks> distance) {
        double[] sorted = usual.stream().mapToDouble(distance).sorted().toArray();
        double quantile = sorted[(int) Math.ceil(sorted.length * (1 - FALSE_ALARM_RATE)) - 1];
        return quantile > 0 ? quantile : 1;
    }

    /**
     * The conformal quantile: of n + 1 exchangeable images, each is as likely as any other to be the farthest, so the
     * k-th smallest distance of n is exceeded by a further image with probability 1 - k / (n + 1).
     */
    private static double threshold(float[] sorted) {
        int rank = (int) Math.ceil((sorted.length + 1) * (1 - FALSE_ALARM_RATE));
        return rank > sorted.length ? Double.POSITIVE_INFINITY : sorted[rank - 1];
    }

    private static float[] thinned(float[] sorted) {
        if (sorted.length <= MOST_DISTANCES) {
            return sorted;
        }
        float[] kept = new float[MOST_DISTANCES];
        for (int i = 0; i < MOST_DISTANCES; i++) {
            kept[i] = sorted[(int) ((long) i * (sorted.length - 1) / (MOST_DISTANCES - 1))];
        }
        return kept;
    }

    /** Length of the embeddings that it was made from. */
    public int dimensions() {
        return embedding.distance().dimensions();
    }

    /** Distance beyond which an image is called foreign; infinite where too few images were held out. */
    public double threshold() {
        return threshold;
    }

    /** Share of images like the held-out ones that lie beyond the threshold, at most. */
    public double falseAlarmRate() {
        return falseAlarmRate;
    }

    /**
     * How far an image is from those that the model was trained on.
     *
     * @param distance the larger of its two distances, 0 or more; 1: as far as 95 % of the held-out images are at most
     * @param percentile share of the held-out images that lie no farther, in [0, 1]
     * @param foreign whether the distance exceeds the threshold
     * @param falseAlarmRate share of images like the held-out ones that exceed it, at most
     */
    public record Verdict(double distance, double percentile, boolean foreign, double falseAlarmRate) {}

    /** @param looks with an embedding of {@link #dimensions} values */
    public Verdict judge(Looks looks) {
        double distance = distance(looks);
        return new Verdict(distance, percentile(distance), distance > threshold, falseAlarmRate);
    }

    private double distance(Looks looks) {
        return Math.max(embedding.of(looks.embedding()), texture.of(looks.texture()));
    }

    private double percentile(double distance) {
        if (heldOut.length == 0) {
            return 0;
        }
        int low = 0;
        int high = heldOut.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (heldOut[middle] <= distance) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return (double) low / heldOut.length;
    }

    /** As safetensors; the same detector gives the same bytes. */
    public byte[] toBytes() {
        Map<String, Tensor> tensors = new TreeMap<>();
        Map<String, String> metadata = new TreeMap<>();
        write(EMBEDDING, embedding, tensors, metadata);
        write(TEXTURE, texture, tensors, metadata);
        tensors.put(DISTANCES, new Tensor(heldOut, heldOut.length));
        metadata.put(THRESHOLD, String.valueOf(threshold));
        metadata.put(RATE, String.valueOf(falseAlarmRate));
        return Safetensors.write(tensors, metadata);
    }

    private static void write(String name, Part part, Map<String, Tensor> tensors, Map<String, String> metadata) {
        int d = part.distance().dimensions();
        float[][] means = part.distance().means();
        float[] joined = new float[means.length * d];
        for (int i = 0; i < means.length; i++) {
            System.arraycopy(means[i], 0, joined, i * d, d);
        }
        tensors.put(name + WHITENING, new Tensor(part.distance().whitening(), d, d));
        tensors.put(name + MEANS, new Tensor(joined, means.length, d));
        metadata.put(name + UNIT, String.valueOf(part.unit()));
    }

    /** @throws IOException when the bytes are not those of a detector; says what is wrong */
    public static ForeignDetector fromBytes(byte[] file) throws IOException {
        Safetensors.Content content = Safetensors.read(file);
        Part embedding = part(content, EMBEDDING);
        Part texture = part(content, TEXTURE);
        if (texture.distance().dimensions() != Texture.SIZE) {
            throw new IOException(TEXTURE + MEANS + " must be of " + Texture.SIZE + " numbers; got "
                    + texture.distance().dimensions());
        }
        double threshold = number(content, THRESHOLD);
        double rate = number(content, RATE);
        if (!(threshold >= 0) || !(rate > 0 && rate < 1)) {
            throw new IOException(THRESHOLD + " must be 0 or more and " + RATE + " between 0 and 1; got " + threshold
                    + " and " + rate);
        }
        return new ForeignDetector(
                embedding, texture, tensor(content, DISTANCES, 1).values(), threshold, rate);
    }

    private static Part part(Safetensors.Content content, String name) throws IOException {
        Tensor means = tensor(content, name + MEANS, 2);
        int d = means.shape()[1];
        Tensor whitening = tensor(content, name + WHITENING, 2);
        if (means.shape()[0] < 1
                || d < 1
                || whitening.shape()[0] != d
                || whitening.shape()[1] != d) {
            throw new IOException(name + WHITENING + " is " + whitening + " and " + name + MEANS + " is " + means
                    + "; they must be [d, d] and [classes, d]");
        }
        double unit = number(content, name + UNIT);
        if (!(unit > 0)) {
            throw new IOException(name + UNIT + " must be above 0; got " + unit);
        }
        float[][] rows = new float[means.shape()[0]][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(means.values(), i * d, (i + 1) * d);
        }
        return new Part(new Mahalanobis(whitening.values(), rows), unit);
    }

    private static Tensor tensor(Safetensors.Content content, String name, int rank) throws IOException {
        Tensor tensor = content.tensors().get(name);
        if (tensor == null || tensor.shape().length != rank) {
            throw new IOException(name + " must be a tensor of rank " + rank + "; got " + tensor);
        }
        return tensor;
    }

    private static double number(Safetensors.Content content, String name) throws IOException {
        String text = content.metadata().get(name);
        try {
            return Double.parseDouble(String.valueOf(text));
        } catch (NumberFormatException e) {
            throw new IOException(name + " must be a number; got '" + text + "'", e);
        }
    }
}
