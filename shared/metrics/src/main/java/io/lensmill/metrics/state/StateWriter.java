package io.lensmill.metrics.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Writes the state of an accumulator: a version byte, then fields in a fixed order, without names. Big-endian; counts
 * are unsigned LEB128, so that small numbers stay small. {@link StateReader} reads it back.
 */
public final class StateWriter {

    private static final int FIRST_CAPACITY = 256;

    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_CAPACITY);

    /** @param version layout of what follows, 1 to 127 */
    public StateWriter(int version) {
        room(1).put((byte) version);
    }

    /** @param value 0 or more */
    public StateWriter count(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("A count must be 0 or more; got " + value + ".");
        }
        long rest = value;
        for (; rest > 0x7f; rest >>>= 7) {
            room(1).put((byte) ((rest & 0x7f) | 0x80));
        }
        room(1).put((byte) rest);
        return this;
    }

    public StateWriter whole(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    public StateWriter real(double value) {
        room(Double.BYTES).putDouble(value);
        return this;
    }

    public StateWriter flag(boolean value) {
        room(1).put((byte) (value ? 1 : 0));
        return this;
    }

    public StateWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    public StateWriter texts(Collection<String> values) {
        count(values.size());
        values.forEach(this::text);
        return this;
    }

    public StateWriter bytes(byte[] value) {
        count(value.length);
        room(value.length).put(value);
        return this;
    }

    public StateWriter floats(float[] values) {
        count(values.length);
        ByteBuffer room = room(values.length * Float.BYTES);
        room.asFloatBuffer().put(values);
        room.position(room.position() + values.length * Float.BYTES);
        return this;
    }

    public StateWriter reals(double[] values) {
        count(values.length);
        ByteBuffer room = room(values.length * Double.BYTES);
        room.asDoubleBuffer().put(values);
        room.position(room.position() + values.length * Double.BYTES);
        return this;
    }

    public byte[] toBytes() {
        byte[] written = new byte[buffer.position()];
        buffer.duplicate().flip().get(written);
        return written;
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int needed = Math.addExact(buffer.position(), bytes);
            ByteBuffer larger = ByteBuffer.allocate((int) Math.min(Integer.MAX_VALUE - 16L, 2L * needed));
            buffer = larger.put(buffer.flip());
        }
        return buffer;
    }
}
