package io.lensmill.metrics.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what {@link StateWriter} wrote. Every stated length is checked against the bytes that are left before anything
 * is allocated.
 */
public final class StateReader {

    private final ByteBuffer buffer;
    private final String what;
    private final int version;

    /**
     * @param what name of the state, for messages
     * @param version the layout that the caller can read
     * @throws IllegalArgumentException when the bytes carry another version
     */
    public StateReader(String what, byte[] state, int version) {
        this(what, state, version, version);
    }

    /**
     * @param oldest layout that the caller can read
     * @param newest layout that the caller can read, and all between; {@link #version} tells which it is
     */
    public StateReader(String what, byte[] state, int oldest, int newest) {
        this.what = what;
        this.buffer = ByteBuffer.wrap(state);
        if (state.length == 0 || state[0] < oldest || state[0] > newest) {
            throw new IllegalArgumentException("The state of " + what + " must begin with version "
                    + (oldest == newest ? "" : oldest + " to ") + newest + "; got "
                    + (state.length == 0 ? "nothing" : String.valueOf(state[0])) + ".");
        }
        this.version = buffer.get();
    }

    /** Layout of the state. */
    public int version() {
        return version;
    }

    public long count() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = take(1).get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw broken("a count has more than 64 bits");
    }

    /** A count of things that take at least {@code bytesEach} bytes each, so it cannot exceed what is left. */
    public int size(int bytesEach) {
        long size = count();
        if (size < 0 || size > buffer.remaining() / Math.max(1, bytesEach)) {
            throw broken("it states " + size + " entries where " + buffer.remaining() + " bytes are left");
        }
        return (int) size;
    }

    public long whole() {
        return take(Long.BYTES).getLong();
    }

    public double real() {
        return take(Double.BYTES).getDouble();
    }

    public boolean flag() {
        return take(1).get() != 0;
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    public List<String> texts() {
        int size = size(1);
        List<String> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(text());
        }
        return values;
    }

    public byte[] bytes() {
        byte[] value = new byte[size(1)];
        buffer.get(value);
        return value;
    }

    public float[] floats() {
        float[] values = new float[size(Float.BYTES)];
        buffer.asFloatBuffer().get(values);
        buffer.position(buffer.position() + values.length * Float.BYTES);
        return values;
    }

    public double[] reals() {
        double[] values = new double[size(Double.BYTES)];
        buffer.asDoubleBuffer().get(values);
        buffer.position(buffer.position() + values.length * Double.BYTES);
        return values;
    }

    /** @throws IllegalArgumentException when bytes are left over */
    public void end() {
        if (buffer.hasRemaining()) {
            throw broken(buffer.remaining() + " bytes are left over");
        }
    }

    private ByteBuffer take(int bytes) {
        if (buffer.remaining() < bytes) {
            throw broken("it ends early");
        }
        return buffer;
    }

    private IllegalArgumentException broken(String why) {
        return new IllegalArgumentException("The state of " + what + " cannot be read: " + why + ".");
    }
}
