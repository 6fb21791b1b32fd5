package io.lensmill.classifier.training;

import java.util.Arrays;

/**
 * Area under the ROC curve, exact: the share of (positive, negative) pairs that the score puts in the right order, a
 * tie counting one half (Mann and Whitney 1947; Hanley and McNeil 1982).
 */
final class AreaUnderCurve {

    private AreaUnderCurve() {}

    /**
     * @param scores higher: rather positive; not NaN
     * @param positive which scores belong to positives
     * @return in [0, 1]; NaN when there are no positives or no negatives
     */
    static double of(double[] scores, boolean[] positive) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
        long positives = 0;
        double rankSum = 0;
        for (int begin = 0; begin < order.length; ) {
            int end = endOfTie(order, scores, begin);
            // Ranks begin + 1 … end; every member of a tie gets their mean.
            double rank = (begin + 1 + end) / 2.0;
            for (int i = begin; i < end; i++) {
                if (positive[order[i]]) {
                    positives++;
                    rankSum += rank;
                }
            }
            begin = end;
        }
        double negatives = scores.length - positives;
        return (rankSum - positives * (positives + 1) / 2.0) / (positives * negatives);
    }

    private static int endOfTie(Integer[] order, double[] scores, int begin) {
        int end = begin + 1;
        while (end < order.length && scores[order[end]] == scores[order[begin]]) {
            end++;
        }
        return end;
    }
}
