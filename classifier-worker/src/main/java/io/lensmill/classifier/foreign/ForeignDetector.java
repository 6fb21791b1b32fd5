package io.lensmill.classifier.foreign;

import io.lensmill.neural.Safetensors;
import io.lensmill.neural.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * Tells how far an image is from those that a model was trained on: the Mahalanobis distance of its embedding to the
 * nearest class, with the classes' common covariance (Lee et al. 2018, "A simple unified framework for detecting
 * out-of-distribution samples and adversarial attacks", equation 2). Held-out images, which the network has not
 * learned, say what distances are usual, and set the threshold. Unchangeable, safe for several threads.
 */
public final class ForeignDetector {

    /** Name of its file among the files of a model. */
    public static final String FILE = "foreign.safetensors";

    /** Share of images like the held-out ones that lie beyond the threshold, at most. */
    public static final double FALSE_ALARM_RATE = 0.05;

    /** Percentiles are told to a thousandth; more held-out distances than this are thinned to it. */
    private static final int MOST_DISTANCES = 2000;

    private static final String WHITENING = "whitening";
    private static final String MEANS = "classMeans";
    private static final String DISTANCES = "heldOutDistances";
    private static final String THRESHOLD = "threshold";
    private static final String RATE = "falseAlarmRate";

    /** Column j holds what feature j adds to each whitened coordinate, so that a row of sums runs over neighbours. */
    private final float[] whitening;

    private final float[][] means;
    private final float[] heldOut;
    private final double threshold;
    private final double falseAlarmRate;

    private ForeignDetector(
            float[] whitening, float[][] means, float[] heldOut, double threshold, double falseAlarmRate) {
        this.whitening = whitening;
        this.means = means;
        this.heldOut = heldOut;
        this.threshold = threshold;
        this.falseAlarmRate = falseAlarmRate;
    }

    /**
     * @param training embeddings of images that the network has learned, at least one, all of one length and finite
     * @param labels class of each, from 0
     * @param heldOut embeddings of images that it has not learned; below 19 of them nothing is called foreign, since no
     *     threshold is known to be exceeded by so few by chance
     */
    public static ForeignDetector fit(List<float[]> training, int[] labels, List<float[]> heldOut) {
        double[][] centres = classMeans(training, labels);
        List<double[]> centred = new ArrayList<>(training.size());
        for (int i = 0; i < training.size(); i++) {
            centred.add(difference(training.get(i), centres[labels[i]]));
        }
        float[] whitening = whitening(ShrunkCovariance.of(centred));
        float[][] means = Arrays.stream(centres)
                .filter(centre -> centre != null)
                .map(centre -> whitened(whitening, floats(centre)))
                .toArray(float[][]::new);
        ForeignDetector unset =
                new ForeignDetector(whitening, means, new float[0], Double.POSITIVE_INFINITY, FALSE_ALARM_RATE);
        float[] distances = new float[heldOut.size()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = (float) unset.distance(heldOut.get(i));
        }
        Arrays.sort(distances);
        return new ForeignDetector(whitening, means, thinned(distances), threshold(distances), FALSE_ALARM_RATE);
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

    /** Null for a class without images. */
    private static double[][] classMeans(List<float[]> embeddings, int[] labels) {
        int classes = Arrays.stream(labels).max().orElseThrow() + 1;
        double[][] sums = new double[classes][];
        int[] counts = new int[classes];
        for (int i = 0; i < labels.length; i++) {
            float[] embedding = embeddings.get(i);
            int label = labels[i];
            if (sums[label] == null) {
                sums[label] = new double[embedding.length];
            }
            counts[label]++;
            for (int j = 0; j < embedding.length; j++) {
                sums[label][j] += embedding[j];
            }
        }
        for (int label = 0; label < classes; label++) {
            if (sums[label] != null) {
                for (int j = 0; j < sums[label].length; j++) {
                    sums[label][j] /= counts[label];
                }
            }
        }
        return sums;
    }

    private static double[] difference(float[] embedding, double[] centre) {
        double[] difference = new double[centre.length];
        for (int j = 0; j < centre.length; j++) {
            difference[j] = embedding[j] - centre[j];
        }
        return difference;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** W with Wᵀ W the inverse of the covariance, by columns. */
    private static float[] whitening(DMatrixRMaj covariance) {
        int d = covariance.numRows;
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(d, true);
        if (!cholesky.decompose(covariance)) {
            throw new IllegalArgumentException("The embeddings of the training images are not finite");
        }
        DMatrixRMaj inverse = new DMatrixRMaj(d, d);
        CommonOps_DDRM.invert(cholesky.getT(null), inverse);
        float[] columns = new float[d * d];
        for (int row = 0; row < d; row++) {
            for (int column = 0; column < d; column++) {
                columns[column * d + row] = (float) inverse.get(row, column);
            }
        }
        return columns;
    }

    private static float[] whitened(float[] whitening, float[] embedding) {
        int d = embedding.length;
        float[] sums = new float[d];
        for (int column = 0; column < d; column++) {
            float value = embedding[column];
            int offset = column * d;
            // The inverse of a lower triangle is one: nothing stands above the diagonal.
            for (int row = column; row < d; row++) {
                sums[row] += value * whitening[offset + row];
            }
        }
        return sums;
    }

    /** Length of the embeddings that it was made from. */
    public int dimensions() {
        return means[0].length;
    }

    /** Distance beyond which an image is called foreign; infinite where too few images were held out. */
    public double threshold() {
        return threshold;
    }

    /** Share of images like the held-out ones that lie beyond the threshold, at most. */
    public double falseAlarmRate() {
        return falseAlarmRate;
    }

    /** @param embedding of {@link #dimensions} finite values */
    public Verdict judge(float[] embedding) {
        double distance = distance(embedding);
        return new Verdict(distance, percentile(distance), distance > threshold, falseAlarmRate);
    }

    /**
     * How far an image is from those that the model was trained on.
     *
     * @param distance Mahalanobis distance of the embedding to the nearest class, 0 or more
     * @param percentile share of the held-out images that lie no farther, in [0, 1]
     * @param foreign whether the distance exceeds the threshold
     * @param falseAlarmRate share of images like the held-out ones that exceed it, at most
     */
    public record Verdict(double distance, double percentile, boolean foreign, double falseAlarmRate) {}

    private double distance(float[] embedding) {
        float[] whitened = whitened(whitening, embedding);
        double least = Double.POSITIVE_INFINITY;
        for (float[] mean : means) {
            double sum = 0;
            for (int j = 0; j < mean.length; j++) {
                double difference = whitened[j] - mean[j];
                sum += difference * difference;
            }
            least = Math.min(least, sum);
        }
        return Math.sqrt(least);
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
        int d = dimensions();
        Map<String, Tensor> tensors = new TreeMap<>();
        tensors.put(WHITENING, new Tensor(whitening, d, d));
        tensors.put(MEANS, new Tensor(joined(means), means.length, d));
        tensors.put(DISTANCES, new Tensor(heldOut, heldOut.length));
        Map<String, String> metadata = new TreeMap<>();
        metadata.put(THRESHOLD, String.valueOf(threshold));
        metadata.put(RATE, String.valueOf(falseAlarmRate));
        return Safetensors.write(tensors, metadata);
    }

    /** @throws IOException when the bytes are not those of a detector; says what is wrong */
    public static ForeignDetector fromBytes(byte[] file) throws IOException {
        Safetensors.Content content = Safetensors.read(file);
        Tensor means = tensor(content, MEANS, 2);
        int d = means.shape()[1];
        Tensor whitening = tensor(content, WHITENING, 2);
        Tensor heldOut = tensor(content, DISTANCES, 1);
        if (means.shape()[0] < 1
                || d < 1
                || whitening.shape()[0] != d
                || whitening.shape()[1] != d) {
            throw new IOException(WHITENING + " is " + whitening + " and " + MEANS + " is " + means
                    + "; they must be [d, d] and [classes, d]");
        }
        float[][] rows = new float[means.shape()[0]][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(means.values(), i * d, (i + 1) * d);
        }
        double threshold = number(content, THRESHOLD);
        double rate = number(content, RATE);
        if (!(threshold >= 0) || !(rate > 0 && rate < 1)) {
            throw new IOException(THRESHOLD + " must be 0 or more and " + RATE + " between 0 and 1; got " + threshold
                    + " and " + rate);
        }
        return new ForeignDetector(whitening.values(), rows, heldOut.values(), threshold, rate);
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

    private static float[] joined(float[][] rows) {
        float[] all = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, all, i * rows[i].length, rows[i].length);
        }
        return all;
    }
}
