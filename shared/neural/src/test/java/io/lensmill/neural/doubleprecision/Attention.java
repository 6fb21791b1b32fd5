package io.lensmill.neural.doubleprecision;

/**
 * Both attentions, head by head: qkv is [n, h, w, 3 * heads * headDim] = (q, k, v); tokens are the pixels of an image,
 * with the memory tokens in front among keys and values.
 */
final class Attention {

    private Attention() {}

    /** @param memory [2, heads, headDim, memoryTokens] = (k, v) */
    static DoubleArray linear(DoubleArray qkv, DoubleArray memory, int heads, int headDim, int memoryTokens) {
        DoubleArray result = DoubleArray.zeros(qkv.size(0), qkv.size(1), qkv.size(2), heads * headDim);
        for (int image = 0; image < qkv.size(0); image++) {
            for (int head = 0; head < heads; head++) {
                double[][] q = tokens(qkv, image, 0, head, heads, headDim);
                double[][] k = inFront(
                        transposed(block(memory, 0, head, headDim, memoryTokens)),
                        tokens(qkv, image, 1, head, heads, headDim));
                double[][] v = inFront(
                        transposed(block(memory, 1, head, headDim, memoryTokens)),
                        tokens(qkv, image, 2, head, heads, headDim));
                double[][] context = product(softmaxOfRows(transposed(k)), v);
                store(scaled(product(softmaxOfRows(q), context), 1 / Math.sqrt(headDim)), result, image, head);
            }
        }
        return result;
    }

    /** @param memory [2, heads, memoryTokens, headDim] = (k, v) */
    static DoubleArray full(DoubleArray qkv, DoubleArray memory, int heads, int headDim, int memoryTokens) {
        DoubleArray result = DoubleArray.zeros(qkv.size(0), qkv.size(1), qkv.size(2), heads * headDim);
        for (int image = 0; image < qkv.size(0); image++) {
            for (int head = 0; head < heads; head++) {
                double[][] q = tokens(qkv, image, 0, head, heads, headDim);
                double[][] k = inFront(
                        block(memory, 0, head, memoryTokens, headDim), tokens(qkv, image, 1, head, heads, headDim));
                double[][] v = inFront(
                        block(memory, 1, head, memoryTokens, headDim), tokens(qkv, image, 2, head, heads, headDim));
                double[][] similarity = scaled(product(q, transposed(k)), 1 / Math.sqrt(headDim));
                store(product(softmaxOfRows(similarity), v), result, image, head);
            }
        }
        return result;
    }

    /**
     * One head's queries (part 0), keys (1) or values (2) of an image.
     *
     * @return [pixels][headDim]
     */
    private static double[][] tokens(DoubleArray qkv, int image, int part, int head, int heads, int headDim) {
        int pixels = qkv.size(1) * qkv.size(2);
        double[][] tokens = new double[pixels][headDim];
        for (int pixel = 0; pixel < pixels; pixel++) {
            int start = (image * pixels + pixel) * qkv.channels() + (part * heads + head) * headDim;
            System.arraycopy(qkv.values(), start, tokens[pixel], 0, headDim);
        }
        return tokens;
    }

    /** The matrix [rows][columns] at (part, head) of the memory. */
    private static double[][] block(DoubleArray memory, int part, int head, int rows, int columns) {
        double[][] block = new double[rows][columns];
        for (int row = 0; row < rows; row++) {
            int start = ((part * memory.size(1) + head) * rows + row) * columns;
            System.arraycopy(memory.values(), start, block[row], 0, columns);
        }
        return block;
    }

    private static double[][] inFront(double[][] first, double[][] second) {
        double[][] all = new double[first.length + second.length][];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static void store(double[][] tokens, DoubleArray result, int image, int head) {
        int headDim = tokens[0].length;
        for (int pixel = 0; pixel < tokens.length; pixel++) {
            int start = (image * tokens.length + pixel) * result.channels() + head * headDim;
            System.arraycopy(tokens[pixel], 0, result.values(), start, headDim);
        }
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    private static double[][] scaled(double[][] matrix, double factor) {
        double[][] scaled = new double[matrix.length][matrix[0].length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[0].length; j++) {
                scaled[i][j] = matrix[i][j] * factor;
            }
        }
        return scaled;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] transposed = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[0].length; j++) {
                transposed[j][i] = matrix[i][j];
            }
        }
        return transposed;
    }

    private static double[][] softmaxOfRows(double[][] matrix) {
        double[][] result = new double[matrix.length][matrix[0].length];
        for (int i = 0; i < matrix.length; i++) {
            double sum = 0;
            for (int j = 0; j < matrix[i].length; j++) {
                result[i][j] = Math.exp(matrix[i][j]);
                sum += result[i][j];
            }
            for (int j = 0; j < matrix[i].length; j++) {
                result[i][j] /= sum;
            }
        }
        return result;
    }
}
