package io.lensmill.imaging.dataset;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Files and folders that operating systems and programs leave among images, and that nobody put there on purpose. */
public final class SystemFiles {

    /** In small letters. Of macOS, Windows, Synology and QNAP boxes, Unix file systems, and Python. */
    private static final Set<String> NAMES = Set.of(
            "__macosx",
            "icon\r",
            "thumbs.db",
            "ehthumbs.db",
            "desktop.ini",
            "$recycle.bin",
            "system volume information",
            "@eadir",
            "#recycle",
            "@recycle",
            "lost+found",
            "__pycache__");

    private SystemFiles() {}

    /**
     * Whether the file is one of these, or lies in such a folder; what begins with a dot is hidden and counts too, as
     * {@code ._lens.npy} of macOS and {@code .ipynb_checkpoints} do.
     *
     * @param path relative, with '/' between its parts
     */
    public static boolean contain(String path) {
        return Arrays.stream(path.split("/", -1)).anyMatch(SystemFiles::isOne);
    }

    private static boolean isOne(String name) {
        return name.startsWith(".") || name.startsWith("~$") || NAMES.contains(name.toLowerCase(Locale.ROOT));
    }
}
