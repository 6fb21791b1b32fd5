package io.lensmill.diffusion.generation;

import io.lensmill.diffusion.sampling.Denoiser;
import io.lensmill.diffusion.sampling.ReverseProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Samples batches in slices side by side, each on its own way from noise to image: while one slice takes a step, the
 * network works for another. An image does not depend on the slice that it is in.
 */
final class SlicedSampling implements AutoCloseable {

    private final ReverseProcess reverse;
    private final Denoiser denoiser;
    private final int pixels;
    private final int slices;
    private final ExecutorService others;

    /**
     * @param denoiser may be used by several threads
     * @param pixels pixels per image
     * @param slices most slices of a batch, at least 1; the first is made on the calling thread
     */
    SlicedSampling(ReverseProcess reverse, Denoiser denoiser, int pixels, int slices) {
        this.reverse = reverse;
        this.denoiser = denoiser;
        this.pixels = pixels;
        this.slices = slices;
        this.others = Executors.newCachedThreadPool(work -> new Thread(work, "generation-slice"));
    }

    /**
     * Images firstIndex … firstIndex + count - 1 of a job.
     *
     * @param beforeStep called before each step of the first slice, on the calling thread; stops all by throwing
     * @return [count, pixels] in [0, 1]
     */
    float[] sample(long firstIndex, int count, ReverseProcess.BeforeStep<Exception> beforeStep) throws Exception {
        int parts = Math.min(slices, count);
        AtomicBoolean stopped = new AtomicBoolean();
        List<Future<float[]>> rest = new ArrayList<>();
        for (int part = 1; part < parts; part++) {
            int from = part * count / parts;
            int size = (part + 1) * count / parts - from;
            rest.add(others.submit(() -> reverse.<StoppedException>sample(
                    denoiser, firstIndex + from, size, pixels, (done, total) -> throwIf(stopped))));
        }
        float[] images = new float[count * pixels];
        try {
            float[] first = reverse.<Exception>sample(denoiser, firstIndex, count / parts, pixels, beforeStep);
            System.arraycopy(first, 0, images, 0, first.length);
            int filled = first.length;
            for (Future<float[]> slice : rest) {
                float[] made = slice.get();
                System.arraycopy(made, 0, images, filled, made.length);
                filled += made.length;
            }
            return images;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        } finally {
            stopped.set(true);
        }
    }

    private static void throwIf(AtomicBoolean stopped) throws StoppedException {
        if (stopped.get()) {
            throw new StoppedException();
        }
    }

    /** The batch is not wanted any more. */
    private static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Ends its threads; a slice that was stopped ends before its next step. */
    @Override
    public void close() {
        others.shutdown();
    }
}
