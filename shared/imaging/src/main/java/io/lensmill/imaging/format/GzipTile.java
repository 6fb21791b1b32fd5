package io.lensmill.imaging.format;

import io.lensmill.imaging.ImageFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates many small gzip members, one after the other (RFC 1952). One inflater serves all: making one takes
 * longer than
 * a row of an image.
 */
final class GzipTile implements AutoCloseable {

    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final Inflater inflater = new Inflater(true);
    private long bytesLeft;

    /** @param mostBytes that all members together may inflate to */
    GzipTile(long mostBytes) {
        this.bytesLeft = mostBytes;
    }

    /** @throws ImageFormatException UNDECODABLE when it is damaged or has more than so many bytes */
    ByteBuffer inflate(ByteBuffer packed, int most) throws ImageFormatException {
        ByteBuffer member = packed.slice().order(ByteOrder.LITTLE_ENDIAN);
        skipHeader(member);
        long allowed = Math.min(most, bytesLeft);
        inflater.reset();
        inflater.setInput(member);
        // No more than deflate can make of so many bytes is reserved; one more shows that there is more.
        byte[] bytes = new byte[(int) Math.min(allowed + 1, 1100L * packed.remaining() + 64)];
        int length = 0;
        try {
            while (length < bytes.length && !inflater.finished()) {
                int read = inflater.inflate(bytes, length, bytes.length - length);
                if (read == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                length += read;
            }
        } catch (DataFormatException e) {
            throw new ImageFormatException(
                    ImageFormatException.Reason.UNDECODABLE, "a tile's gzip data are damaged.", e);
        }
        bytesLeft -= length;
        if (bytesLeft < 0) {
            throw ImageFormatException.tooLarge("its tiles inflate to more than is accepted of a file of its size.");
        }
        if (length > most) {
            throw ImageFormatException.undecodable("a tile inflates to more than its " + most + " bytes.");
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, length);
        if (!inflater.finished()
                || member.remaining() < TRAILER_BYTES
                || member.getInt(member.position()) != (int) checksum.getValue()) {
            throw ImageFormatException.undecodable("a tile's gzip data are cut off or have another checksum.");
        }
        return ByteBuffer.wrap(Arrays.copyOf(bytes, length));
    }

    private static void skipHeader(ByteBuffer member) throws ImageFormatException {
        if (member.remaining() < HEADER_BYTES || member.getShort(0) != (short) 0x8b1f || member.get(2) != 8) {
            throw ImageFormatException.undecodable("a tile's data are no gzip data.");
        }
        int flags = member.get(3);
        member.position(HEADER_BYTES);
        if ((flags & EXTRA) != 0) {
            int length = member.getShort() & 0xffff;
            member.position(member.position() + length);
        }
        for (int flag : new int[] {NAME, COMMENT}) {
            while ((flags & flag) != 0 && member.get() != 0) {
                // Up to the zero at its end.
            }
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            member.getShort();
        }
    }

    @Override
    public void close() {
        inflater.end();
    }
}
