package io.lensmill.neural;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ND4J's backend: CUDA where the build has it (Maven profile {@code cuda}) and a GPU is there, the CPU otherwise. ND4J
 * chooses by itself, but prints the whole stack trace of a missing driver to standard error; here that is one sentence.
 */
public final class Backend {

    private static final Logger LOG = LoggerFactory.getLogger(Backend.class);
    private static final String CUDA = "org.nd4j.linalg.jcublas.JCublasBackend";
    private static boolean loaded;

    private Backend() {}

    /** Loads the backend, if nothing has; to be called before anything else of ND4J. */
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        loaded = true;
        if (!hasCuda()) {
            return;
        }
        String said = standardErrorOf(Nd4j::getBackend);
        if (Nd4j.getEnvironment().isCPU()) {
            LOG.warn(sentence(said));
        }
    }

    /** @param said what the CUDA backend wrote when it did not start */
    static String sentence(String said) {
        Optional<String> reason = said.lines()
                .filter(line -> line.contains("Error") || line.contains("Exception"))
                .findFirst()
                .map(line -> line.substring(line.lastIndexOf(".so") < 0 ? 0 : line.lastIndexOf('/') + 1));
        return "This build can use CUDA, but no GPU with its driver was found (%s): networks run on the CPU"
                .formatted(reason.orElse("no CUDA device"));
    }

    /** Runs the work and returns what was written to standard error meanwhile, instead of writing it. */
    static String standardErrorOf(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } catch (Throwable e) {
            before.write(said.toByteArray(), 0, said.size());
            throw e;
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private static boolean hasCuda() {
        try {
            Class.forName(CUDA, false, Backend.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
