package io.lensmill.diffusion.training;

import io.lensmill.diffusion.model.DiffusionModel;
import io.lensmill.diffusion.model.NetworkDenoiser;
import io.lensmill.diffusion.sampling.DdimSampler;
import io.lensmill.diffusion.sampling.NoiseSource;
import io.lensmill.diffusion.sampling.ReverseProcess;
import io.lensmill.diffusion.sampling.SampleImages;
import io.lensmill.imaging.ContactSheet;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.dataset.Dataset;
import io.lensmill.jobs.JobContext;
import io.lensmill.neural.Network;
import java.util.List;
import java.util.stream.IntStream;

/** Contact sheets that show what a training has learnt: the same real images and the same noise on each. */
final class TrainingSheets {

    private final TrainingSettings settings;
    private final Dataset dataset;
    private final List<FloatImage> images;
    private final long seed;
    private final JobContext context;

    TrainingSheets(TrainingSettings settings, Dataset dataset, long seed, JobContext context) {
        this.settings = settings;
        this.dataset = dataset;
        this.images = dataset.allImages();
        this.seed = seed;
        this.context = context;
    }

    /**
     * Images sampled with a network's weights of now, as a row.
     *
     * @param weights what they are, for the title
     */
    ContactSheet.Row generated(Network network, String weights) throws Exception {
        DiffusionModel model = DiffusionTraining.model(settings);
        int size = settings.imageSize();
        ReverseProcess reverse = new ReverseProcess(
                model.process(), new DdimSampler(0), settings.sheetSteps(), NoiseSource.seeded(seed));
        float[] samples = reverse.<Exception>sample(
                new NetworkDenoiser(network, size),
                0,
                settings.sheetImages(),
                size * size,
                (done, total) -> context.throwIfStopped());
        String title = "generated, DDIM " + settings.sheetSteps() + ", " + weights;
        return new ContactSheet.Row(title, SampleImages.of(samples, size));
    }

    /** As many real images, spread over the dataset. */
    ContactSheet.Row real() {
        int shown = Math.min(settings.sheetImages(), images.size());
        List<FloatImage> spread = IntStream.range(0, shown)
                .mapToObj(i -> images.get((int) ((long) i * images.size() / shown)))
                .toList();
        return new ContactSheet.Row("real, " + dataset.name(), spread);
    }
}
