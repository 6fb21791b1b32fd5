package io.lensmill.local;

import java.nio.file.Path;

/** Opens a data directory and says how that went. */
public final class LockProgram {

    private LockProgram() {}

    public static void main(String[] arguments) throws Exception {
        try (DataDirectory directory = DataDirectory.open(Path.of(arguments[0]))) {
            System.out.println("opened " + directory.path());
        } catch (StartFailure e) {
            System.out.println(e.getMessage());
        }
    }
}
