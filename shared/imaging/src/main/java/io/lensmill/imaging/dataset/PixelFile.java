package io.lensmill.imaging.dataset;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.format.NpyCodec;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Preprocessed images in a local {@code .npy} file of [n, size, size] instead of in memory, each read when it is asked
 * for. The operating system keeps as much of the file in memory as it has room for. Safe for use by several threads;
 * the file is closed when nobody holds its images any longer.
 */
final class PixelFile {

    private final FileChannel channel;
    private final int count;
    private final int size;
    private final long begin;

    private PixelFile(FileChannel channel, int count, int size, long begin) {
        this.channel = channel;
        this.count = count;
        this.size = size;
        this.begin = begin;
    }

    /** A file to be written, in place of what is there. */
    static PixelFile create(Path file, int count, int size) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        byte[] header = NpyCodec.header(count, size, size);
        channel.write(ByteBuffer.wrap(header), 0);
        return new PixelFile(channel, count, size, header.length);
    }

    /** A whole file that was written before. */
    static PixelFile open(Path file, int count, int size) throws IOException {
        return new PixelFile(
                FileChannel.open(file, StandardOpenOption.READ),
                count,
                size,
                NpyCodec.header(count, size, size).length);
    }

    static long bytes(int count, int size) {
        return NpyCodec.header(count, size, size).length + 4L * count * size * size;
    }

    /** Writes image number {@code index}, [size, size]. */
    void write(int index, FloatImage image) throws IOException {
        ByteBuffer bytes = buffer();
        bytes.asFloatBuffer().put(image.pixels());
        long place = place(index);
        while (bytes.hasRemaining()) {
            place += channel.write(bytes, place);
        }
    }

    /** The images in the order of the file; {@code get} throws {@link UncheckedIOException} when the disk fails. */
    List<FloatImage> images() {
        return new Images();
    }

    private FloatImage read(int index) throws IOException {
        ByteBuffer bytes = buffer();
        long place = place(index);
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, place + bytes.position());
            if (read < 0) {
                throw new EOFException("The file of preprocessed images ends before image " + index);
            }
        }
        float[] pixels = new float[size * size];
        bytes.flip().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(pixels);
        return new FloatImage(size, size, pixels);
    }

    private ByteBuffer buffer() {
        return ByteBuffer.allocate(4 * size * size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private long place(int index) {
        return begin + 4L * size * size * index;
    }

    private final class Images extends AbstractList<FloatImage> implements RandomAccess {

        @Override
        public FloatImage get(int index) {
            if (index < 0 || index >= count) {
                throw new IndexOutOfBoundsException(index);
            }
            try {
                return read(index);
            } catch (IOException e) {
                throw new UncheckedIOException("A preprocessed image cannot be read from the local disk", e);
            }
        }

        @Override
        public int size() {
            return count;
        }
    }
}
