package io.lensmill.cli.terminal;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be read or written, in words: Java's own message is often the file's name alone. */
public final class FileFault {

    private FileFault() {}

    public static String of(Exception fault) {
        if (fault instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        if (fault instanceof AccessDeniedException denied) {
            return "permission denied for " + denied.getFile();
        }
        if (fault instanceof NotDirectoryException || fault instanceof DirectoryNotEmptyException) {
            return fault.getMessage() + " is no folder, or not an empty one";
        }
        if (fault instanceof FileAlreadyExistsException existing) {
            return existing.getFile() + " is there already";
        }
        if (fault instanceof FileSystemException other && other.getReason() == null) {
            return fault.getClass().getSimpleName() + " at " + other.getFile();
        }
        return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
    }
}
