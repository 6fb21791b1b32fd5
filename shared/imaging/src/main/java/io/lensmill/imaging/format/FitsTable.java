package io.lensmill.imaging.format;

import io.lensmill.imaging.ImageFormatException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A binary table and the heap behind it (standard, section 7.3), as tile-compressed images use them. Everything that it
 * says of its size is held against the bytes that are there before any of it is used.
 */
final class FitsTable {

    private static final int MAX_FIELDS = 999;

    /** Repeat count, type, and for variable lengths the type of what stands in the heap. */
    private static final Pattern FORMAT = Pattern.compile("(\\d{0,9})([LXBIJKAEDCMPQ])([LXBIJKAEDCM]?)(\\(\\d*\\))?.*");

    private final ByteBuffer data;
    private final int rowBytes;
    private final int rows;
    private final int heapOffset;
    private final Map<String, Column> columns;

    /** Bytes of the heap that no row has claimed; each byte belongs to one. */
    private long unclaimed;

    /**
     * @param type letter of TFORM
     * @param inHeap letter of what a descriptor points to, or empty
     * @param offset within a row, in bytes
     */
    record Column(String name, char type, String inHeap, int offset) {}

    private FitsTable(ByteBuffer data, int rowBytes, int rows, int heapOffset, Map<String, Column> columns) {
        this.data = data;
        this.rowBytes = rowBytes;
        this.rows = rows;
        this.heapOffset = heapOffset;
        this.columns = columns;
        this.unclaimed = data.capacity() - (long) heapOffset;
    }

    static FitsTable of(byte[] file, FitsHeader header) throws ImageFormatException {
        long present = file.length - (long) header.dataOffset();
        long bytes = FitsImage.dataBytes(header);
        if (bytes > present) {
            throw ImageFormatException.undecodable(
                    "its table is cut off: " + bytes + " bytes are stated; " + present + " bytes follow the header.");
        }
        int rowBytes = (int) header.whole("NAXIS1", 0, bytes);
        int rows = (int) header.whole("NAXIS2", 0, bytes);
        long table = (long) rowBytes * rows;
        long heap = header.has("THEAP") ? header.whole("THEAP", table, bytes) : table;
        ByteBuffer data =
                ByteBuffer.wrap(file, header.dataOffset(), (int) bytes).slice();
        return new FitsTable(data, rowBytes, rows, (int) Math.min(heap, bytes), columns(header, rowBytes));
    }

    private static Map<String, Column> columns(FitsHeader header, int rowBytes) throws ImageFormatException {
        Map<String, Column> columns = new HashMap<>();
        int fields = (int) header.whole("TFIELDS", 0, MAX_FIELDS);
        long offset = 0;
        for (int field = 1; field <= fields; field++) {
            String format = header.text("TFORM" + field).toUpperCase(Locale.ROOT);
            Matcher parts = FORMAT.matcher(format);
            if (!parts.matches()) {
                throw ImageFormatException.undecodable(
                        "TFORM" + field + " is no format of a column: '" + format + "'.");
            }
            long repeat = parts.group(1).isEmpty() ? 1 : Long.parseLong(parts.group(1));
            char type = parts.group(2).charAt(0);
            String name = header.text("TTYPE" + field).toUpperCase(Locale.ROOT);
            if (repeat > 0 && columns.putIfAbsent(name, new Column(name, type, parts.group(3), (int) offset)) != null) {
                throw ImageFormatException.undecodable("its table has two columns '" + name + "'.");
            }
            offset += type == 'X' ? (repeat + 7) / 8 : repeat * bytes(type);
            if (offset > rowBytes) {
                throw ImageFormatException.undecodable(
                        "TFORM1 to TFORM" + field + " need more than the " + rowBytes + " bytes of a row.");
            }
        }
        return columns;
    }

    int rows() {
        return rows;
    }

    Optional<Column> column(String name) {
        return Optional.ofNullable(columns.get(name));
    }

    /** The value of one row, NaN when the column holds no number. */
    double number(Column column, int row) {
        int at = row * rowBytes + column.offset;
        return switch (column.type) {
            case 'B' -> data.get(at) & 0xff;
            case 'I' -> data.getShort(at);
            case 'J' -> data.getInt(at);
            case 'K' -> data.getLong(at);
            case 'E' -> data.getFloat(at);
            case 'D' -> data.getDouble(at);
            default -> Double.NaN;
        };
    }

    /**
     * The bytes in the heap that a row's descriptor points to; empty when their number is 0.
     *
     * @throws ImageFormatException UNDECODABLE when they are not within the heap, or rows together claim more than it
     *     has
     */
    ByteBuffer bytes(Column column, int row) throws ImageFormatException {
        if (column.inHeap.isEmpty() || (column.type != 'P' && column.type != 'Q')) {
            throw ImageFormatException.undecodable(
                    "its column '" + column.name + "' has no variable length (TFORM 1P or 1Q).");
        }
        int at = row * rowBytes + column.offset;
        long count = column.type == 'P' ? data.getInt(at) : data.getLong(at);
        long offset = column.type == 'P' ? data.getInt(at + 4) : data.getLong(at + 8);
        long heap = data.capacity() - (long) heapOffset;
        int size = bytes(column.inHeap.charAt(0));
        if (count < 0 || offset < 0 || count > heap / size || offset > heap - count * size) {
            throw ImageFormatException.undecodable("tile " + (row + 1) + " is said to have " + count + " elements of "
                    + size + " bytes from byte " + offset + " on; the heap has " + heap + " bytes.");
        }
        unclaimed -= count * size;
        if (unclaimed < 0) {
            throw ImageFormatException.undecodable("its tiles claim more than the " + heap + " bytes of the heap.");
        }
        return data.slice((int) (heapOffset + offset), (int) (count * size));
    }

    private static int bytes(char type) {
        return switch (type) {
            case 'L', 'X', 'B', 'A' -> 1;
            case 'I' -> 2;
            case 'J', 'E' -> 4;
            case 'M', 'Q' -> 16;
            default -> 8;
        };
    }
}
