package io.lensmill.local;

import java.nio.file.Path;

/** The checkout that the launcher belongs to. */
public final class Home {

    private Home() {}

    /** From {@code lensmill.home}, which the launcher sets; otherwise the working directory. */
    public static Path path() {
        return Path.of(System.getProperty("lensmill.home", "")).toAbsolutePath().normalize();
    }
}
