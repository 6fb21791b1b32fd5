package io.lensmill.diffusion.training;

import io.lensmill.diffusion.model.Conditioning;
import io.lensmill.diffusion.model.DiffusionModel;
import io.lensmill.diffusion.model.NetworkDenoiser;
import io.lensmill.diffusion.model.NetworkPass;
import io.lensmill.diffusion.sampling.DdimSampler;
import io.lensmill.diffusion.sampling.NoiseSource;
import io.lensmill.diffusion.sampling.ReverseProcess;
import io.lensmill.diffusion.sampling.SampleImages;
import io.lensmill.diffusion.schedule.TimeStep;
import io.lensmill.imaging.ContactSheet;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.dataset.Dataset;
import io.lensmill.jobs.JobContext;
import io.lensmill.neural.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
     * Images sampled with a network's weights of now: one row, or with classes one for each.
     *
     * @param weights what they are, for the title
     */
    List<ContactSheet.Row> generated(Network network, String weights) throws Exception {
        DiffusionModel model = DiffusionTraining.model(settings);
        String spacing = settings.timeSpacing().name().toLowerCase(Locale.ROOT);
        String title = "generated, DDIM " + settings.sheetSteps() + ", " + spacing + ", " + weights;
        if (model.classes().isEmpty()) {
            return List.of(new ContactSheet.Row(title, sample(network, model, Conditioning.inTurn(0, 0))));
        }
        List<ContactSheet.Row> rows = new ArrayList<>();
        int classes = model.classes().size();
        for (int i = 0; i < classes; i++) {
            List<FloatImage> samples = sample(network, model, new Conditioning(classes, i, 0));
            rows.add(new ContactSheet.Row(title + ", " + model.classes().get(i), samples));
        }
        return rows;
    }

    private List<FloatImage> sample(Network network, DiffusionModel model, Conditioning conditioning) throws Exception {
        int size = settings.imageSize();
        // As dense as trained: whoever trains much where little noise is left wants to see faint grain.
        List<TimeStep> way = model.process().schedule().steps(settings.sheetSteps(), settings.timeSpacing());
        ReverseProcess reverse = new ReverseProcess(model.process(), new DdimSampler(0), way, NoiseSource.seeded(seed));
        float[] samples = reverse.<Exception>sample(
                new NetworkDenoiser(new NetworkPass(network, size), conditioning),
                0,
                settings.sheetImages(),
                size * size,
                (done, total) -> context.throwIfStopped());
        return SampleImages.of(samples, size);
    }

    /** As many real images, spread over the dataset. */
    ContactSheet.Row real() {
        int shown = Math.min(settings.sheetImages(), images.size());
        List<FloatImage> spread = IntStream.range(0, shown)
                .mapToObj(i -> images.get((int) ((long) i * images.size() / shown)))
                .toList();
        return new ContactSheet.Row(
                "real, " + dataset.name() + ", " + settings.preprocessing().id(), spread);
    }
}
