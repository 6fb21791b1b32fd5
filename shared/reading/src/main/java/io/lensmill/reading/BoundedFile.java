package io.lensmill.reading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads whole local files that a person named. */
public final class BoundedFile {

    private BoundedFile() {}

    /**
     * The content of a file.
     *
     * @param mostBytes at most {@code Integer.MAX_VALUE - 16}
     * @throws IOException when there is none, or it is a folder, too large or not to be read: the message is a
     *     clause about "it", without the file's name and without a full stop
     */
    public static byte[] read(Path file, long mostBytes) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it is a folder, not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            long size = Files.size(file);
            if (size > mostBytes) {
                throw new IOException("it has " + size + " bytes; at most " + mostBytes + " are read");
            }
            // A pipe tells no size, and a file may grow while it is read.
            byte[] content = in.readNBytes(Math.toIntExact(Math.min(mostBytes + 1, Integer.MAX_VALUE - 8L)));
            if (content.length > mostBytes) {
                throw new IOException("it has more than " + mostBytes + " bytes, which are read at most");
            }
            return content;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException("this user may not read it", e);
        }
    }
}
