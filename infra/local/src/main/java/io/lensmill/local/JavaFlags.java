package io.lensmill.local;

import java.util.List;

/** Flags that newer Java versions want and older ones do not know. */
final class JavaFlags {

    private static final int WARNS_OF_NATIVE_ACCESS = 22;
    private static final int WARNS_OF_UNSAFE_MEMORY = 24;

    private JavaFlags() {}

    /** @param feature Java's feature version, 17 for example */
    static List<String> forNativeCode(int feature) {
        if (feature >= WARNS_OF_UNSAFE_MEMORY) {
            return List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
        }
        return feature >= WARNS_OF_NATIVE_ACCESS ? List.of("--enable-native-access=ALL-UNNAMED") : List.of();
    }
}
