package io.lensmill.metrics.realism;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/** Embeddings drawn from distributions whose distances are known. */
final class GaussianRows {

    private GaussianRows() {}

    /** [rows, dimensions], each value normal with this mean and standard deviation. */
    static DMatrixRMaj draw(Random random, int rows, int dimensions, double mean, double deviation) {
        DMatrixRMaj drawn = new DMatrixRMaj(rows, dimensions);
        for (int i = 0; i < drawn.data.length; i++) {
            drawn.data[i] = mean + deviation * random.nextGaussian();
        }
        return drawn;
    }

    /** The same rows in another order. */
    static DMatrixRMaj shuffled(DMatrixRMaj rows, Random random) {
        DMatrixRMaj shuffled = rows.copy();
        int size = rows.numCols;
        for (int last = rows.numRows - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            for (int column = 0; column < size; column++) {
                double value = shuffled.data[last * size + column];
                shuffled.data[last * size + column] = shuffled.data[other * size + column];
                shuffled.data[other * size + column] = value;
            }
        }
        return shuffled;
    }
}
