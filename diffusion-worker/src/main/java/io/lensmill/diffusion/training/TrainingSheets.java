package io.lensmill.diffusion.training;

import io.lensmill.contracts.TrainingRequest;
import io.lensmill.diffusion.model.Conditioning;
import io.lensmill.diffusion.model.DiffusionModel;
import io.lensmill.diffusion.model.NetworkPass;
import io.lensmill.diffusion.sampling.DdimSampler;
import io.lensmill.diffusion.sampling.NoiseSource;
import io.lensmill.diffusion.sampling.ReverseProcess;
import io.lensmill.diffusion.sampling.SampleImages;
import io.lensmill.diffusion.schedule.TimeStep;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.dataset.Dataset;
import io.lensmill.imaging.picture.ContactSheet;
import io.lensmill.jobs.JobContext;
import io.lensmill.neural.Network;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Contact sheets that show what a training has learnt: the same real images and the same noise on each. */
final class TrainingSheets {

    private final TrainingRequest request;
    private final TrainingSettings settings;
    private final Dataset data;
    private final ObjectStore store;
    private final JobContext context;
    private final List<FloatImage> images;

    TrainingSheets(
            TrainingRequest request, TrainingSettings settings, Dataset data, ObjectStore store, JobContext context) {
        this.request = request;
        this.settings = settings;
        this.data = data;
        this.store = store;
        this.context = context;
        this.images = data.allImages();
    }

    /**
     * Writes a sheet that shows how far the training is: samples of the weights as they are, and of their average.
     *
     * @return where it stands
     */
    ObjectKey write(TrainingRun run) throws Exception {
        List<ContactSheet.Row> rows = new ArrayList<>(List.of(real()));
        rows.addAll(generated(run, "weights after step " + run.stepsDone()));
        rows.addAll(
                run.<List<ContactSheet.Row>, Exception>withAveragedWeights(() -> generated(run, "averaged weights")));
        byte[] sheet = ContactSheet.png(rows);
        ObjectKey key = BucketLayout.trainingSheet(request.getJobId(), run.stepsDone());
        context.insist("Writing " + key, () -> {
            store.put(key, sheet);
            return key;
        });
        return key;
    }

    /** The finished model's sheet, PNG; the run has the averaged weights. */
    byte[] last(TrainingRun run) throws Exception {
        List<ContactSheet.Row> rows = new ArrayList<>(List.of(real()));
        rows.addAll(generated(run, "averaged weights"));
        return ContactSheet.png(rows);
    }

    /** Images sampled with the weights of now: one row, or with classes one for each. */
    private List<ContactSheet.Row> generated(TrainingRun run, String weights) throws Exception {
        DiffusionModel model = settings.model();
        String spacing = settings.timeSpacing().name().toLowerCase(Locale.ROOT);
        String title = "generated, DDIM " + settings.sheetSteps() + ", " + spacing + ", " + weights;
        if (model.classes().isEmpty()) {
            return List.of(new ContactSheet.Row(title, sample(run.network(), model, Conditioning.inTurn(0, 0))));
        }
        List<ContactSheet.Row> rows = new ArrayList<>();
        int classes = model.classes().size();
        for (int i = 0; i < classes; i++) {
            List<FloatImage> samples = sample(run.network(), model, new Conditioning(classes, i, 0));
            rows.add(new ContactSheet.Row(title + ", " + model.classes().get(i), samples));
        }
        return rows;
    }

    private List<FloatImage> sample(Network network, DiffusionModel model, Conditioning conditioning) throws Exception {
        int size = settings.imageSize();
        // As dense as trained: whoever trains much where little noise is left wants to see faint grain.
        List<TimeStep> trajectory = model.process().schedule().steps(settings.sheetSteps(), settings.timeSpacing());
        ReverseProcess reverse = new ReverseProcess(
                model.process(), new DdimSampler(0), trajectory, NoiseSource.seeded(request.getSeed()));
        NetworkPass pass = new NetworkPass(network, size);
        float[] samples = reverse.<Exception>sample(
                (first, images, count, time) -> pass.predict(conditioning.request(first, images, count, time)),
                0,
                settings.sheetImages(),
                size * size,
                (done, total) -> context.throwIfStopped());
        return SampleImages.of(samples, size);
    }

    /** As many real images, spread over the dataset. */
    private ContactSheet.Row real() {
        int shown = Math.min(settings.sheetImages(), images.size());
        List<FloatImage> spread = IntStream.range(0, shown)
                .mapToObj(i -> images.get((int) ((long) i * images.size() / shown)))
                .toList();
        return new ContactSheet.Row(
                "real, " + data.name() + ", " + settings.preprocessing().id(), spread);
    }
}
