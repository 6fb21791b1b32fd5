package io.lensmill.embedded.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that this build belongs to. */
final class Checkout {

    private Checkout() {}

    /** A path from the root of the checkout. */
    static Path path(String relative) {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docker-compose.yml"))) {
            root = root.getParent();
        }
        return root.resolve(relative);
    }

    static String read(String relative) throws IOException {
        return Files.readString(path(relative));
    }
}
