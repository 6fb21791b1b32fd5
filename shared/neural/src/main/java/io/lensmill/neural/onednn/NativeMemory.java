package io.lensmill.neural.onednn;

import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Off-heap memory from ND4J's allocator, which counts it, aligned to pages. Begins as zeros. */
final class NativeMemory implements AutoCloseable {

    private static final long ALIGNMENT = 4096;

    private final INDArray array;
    private final long start;

    NativeMemory(long bytes) {
        array = Nd4j.zeros(DataType.FLOAT, (bytes + ALIGNMENT) / Float.BYTES + 1);
        long raw = array.data().addressPointer().address();
        start = (raw + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    Pointer at(long byteOffset) {
        return new Address(start + byteOffset);
    }

    /** The memory of an array of ND4J, from its index-th number on. The array must outlive the pointer. */
    static Pointer of(INDArray floats, long index) {
        return new Address(floats.data().addressPointer().address() + index * Float.BYTES);
    }

    /** A pointer some bytes further on. */
    static Pointer shifted(Pointer pointer, long bytes) {
        return new Address(pointer.address() + bytes);
    }

    @Override
    public void close() {
        array.close();
    }

    /** An address and nothing else: who owns the memory frees it. */
    private static final class Address extends Pointer {
        Address(long value) {
            address = value;
        }
    }
}
