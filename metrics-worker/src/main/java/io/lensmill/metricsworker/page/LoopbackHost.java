package io.lensmill.metricsworker.page;

import java.util.regex.Pattern;

/**
 * Against DNS rebinding: another site's page can have its own name turned to the loopback address and then read what
 * stands here, but its requests still carry that name. Over the loopback address only {@code localhost} and addresses
 * are answered. Over other addresses whoever put the worker there knows its names.
 */
final class LoopbackHost {

    private static final Pattern LOOPBACK = Pattern.compile("127\\..*|(0:){7}1|::1|::ffff:127\\..*");
    private static final Pattern OWN =
            Pattern.compile("(localhost|\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+\\])(:\\d{1,5})?");

    private LoopbackHost() {}

    /**
     * @param localAddress address at our end of the connection
     * @param host the request's Host header; null: none
     */
    static boolean answers(String localAddress, String host) {
        return !LOOPBACK.matcher(localAddress).matches()
                || (host != null && OWN.matcher(host).matches());
    }
}
