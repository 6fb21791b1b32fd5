package io.lensmill.neural.host;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An array's numbers as host memory, without copying on a CPU backend and brought over on others. */
public final class HostFloats {

    private HostFloats() {}

    /** For reading only. The array must be contiguous in row-major order. */
    public static FloatBuffer read(INDArray array) {
        Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
        return buffer(array);
    }

    /** For writing, and for reading what was written. */
    public static FloatBuffer write(INDArray array) {
        Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
        return buffer(array);
    }

    private static FloatBuffer buffer(INDArray array) {
        FloatPointer start = new FloatPointer(array.data().addressPointer());
        return start.capacity(array.length()).asBuffer();
    }
}
