package io.lensmill.metrics.numerics;

/** One value of a sorted array without sorting all of it (Hoare 1961, "Find"): linear time, on average. */
public final class OrderStatistic {

    private OrderStatistic() {}

    /**
     * @param values none of them NaN; their order changes
     * @param rank 0 for the least
     * @return the value that would stand there if the array were sorted
     */
    public static double of(double[] values, int rank) {
        int low = 0;
        int high = values.length - 1;
        while (low < high) {
            double pivot = values[rank];
            int up = low;
            int down = high;
            while (up <= down) {
                while (values[up] < pivot) {
                    up++;
                }
                while (values[down] > pivot) {
                    down--;
                }
                if (up <= down) {
                    double swapped = values[up];
                    values[up++] = values[down];
                    values[down--] = swapped;
                }
            }
            if (down < rank) {
                low = up;
            }
            if (rank < up) {
                high = down;
            }
        }
        return values[rank];
    }
}
