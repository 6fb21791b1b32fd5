package io.lensmill.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The committed data directory of a stopped {@code up} of commit b8a5404; fixture/README.md tells what is in it. */
final class Fixture {

    private static final String FILE = "/b8a5404.zip";

    private Fixture() {}

    /** Lays all files down below the folder, with the times at which the old version wrote them. */
    static void unpack(Path folder) throws IOException {
        try (InputStream file = Fixture.class.getResourceAsStream(FILE);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                lay(folder, entry, zip);
            }
        }
    }

    private static void lay(Path folder, ZipEntry entry, InputStream content) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("The fixture's entry " + entry.getName() + " leads out of its folder");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        Files.copy(content, target);
        Files.setLastModifiedTime(target, entry.getLastModifiedTime());
    }
}
