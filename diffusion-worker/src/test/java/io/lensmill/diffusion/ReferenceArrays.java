package io.lensmill.diffusion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Little-endian float32 arrays that denoising-diffusion-pytorch 2.3.1 has written, whatever their shape. */
public final class ReferenceArrays {

    private ReferenceArrays() {}

    public static float[] read(String name) {
        try (InputStream file = ReferenceArrays.class.getResourceAsStream("/reference/" + name + ".npy")) {
            ByteBuffer bytes = ByteBuffer.wrap(file.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            bytes.position(10 + bytes.getShort(8));
            float[] values = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(values);
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
