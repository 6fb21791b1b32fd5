package io.lensmill.metrics.linear;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.ejml.data.DMatrixRMaj;

/** Native memory of one calling thread, which grows to the largest matrices that it had and is used again. */
final class NativeBuffers {

    private static final int MATRICES = 3;

    private final DoublePointer[] matrices = new DoublePointer[MATRICES];
    private final IntPointer rank = new IntPointer(1L);
    private IntPointer pivots = new IntPointer(1L);

    /** Room whose content is of no use. */
    DoublePointer room(int place, long values) {
        DoublePointer room = matrices[place];
        if (room == null || room.capacity() < values) {
            if (room != null) {
                room.close();
            }
            room = new DoublePointer(Math.max(1, values));
            matrices[place] = room;
        }
        return room;
    }

    /** A copy of the matrix. */
    DoublePointer filled(int place, DMatrixRMaj matrix) {
        return room(place, matrix.getNumElements()).put(matrix.data, 0, matrix.getNumElements());
    }

    double[] first(DoublePointer from, int values) {
        double[] first = new double[values];
        from.get(first, 0, values);
        return first;
    }

    IntPointer pivots(int size) {
        if (pivots.capacity() < size) {
            pivots.close();
            pivots = new IntPointer((long) size);
        }
        return pivots;
    }

    IntPointer rank() {
        return rank;
    }
}
