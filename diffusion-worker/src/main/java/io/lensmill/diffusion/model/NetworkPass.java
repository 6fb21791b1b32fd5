package io.lensmill.diffusion.model;

import io.lensmill.neural.Network;
import io.lensmill.neural.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a U-Net once for one question or for several together: time and class are inputs of their own for each image. An
 * image's answer does not depend on what goes with it. Not safe for use by several threads.
 *
 * @param network inputs "image" and "time", with classes also "class"; output "prediction"
 * @param imageSize edge of the images in pixels
 */
public record NetworkPass(Network network, int imageSize) implements Predictor {

    /** The image input: [n, h, w, 1] in [-1, 1]. */
    public static final String IMAGE = "image";
    /** The time input: [n]. */
    public static final String TIME = "time";
    /** The class input of networks with classes: [n, classes]. */
    public static final String CLASS = "class";
    /** The output: [n, h, w, 1]. */
    public static final String PREDICTION = "prediction";

    /** Questions that go together are filled up to a multiple of it with blanks: a network compiles for each size. */
    private static final int SIZE_STEP = 8;

    @Override
    public float[] predict(Question question) {
        return predict(List.of(question)).get(0);
    }

    /**
     * @param questions at least one
     * @return an answer for each
     */
    List<float[]> predict(List<Question> questions) {
        int count = questions.stream().mapToInt(Question::count).sum();
        int rows = questions.size() == 1 ? count : (count + SIZE_STEP - 1) / SIZE_STEP * SIZE_STEP;
        float[] predictions =
                network.infer(inputs(questions, rows)).get(PREDICTION).values();
        List<float[]> answers = new ArrayList<>();
        int from = 0;
        for (Question question : questions) {
            int to = from + question.images().length;
            answers.add(Arrays.copyOfRange(predictions, from, to));
            from = to;
        }
        return answers;
    }

    private Map<String, Tensor> inputs(List<Question> questions, int rows) {
        int pixels = imageSize * imageSize;
        int classes = questions.get(0).told().length / questions.get(0).count();
        float[] images = new float[rows * pixels];
        float[] times = new float[rows];
        float[] told = new float[rows * classes];
        int first = 0;
        for (Question question : questions) {
            System.arraycopy(question.images(), 0, images, first * pixels, question.count() * pixels);
            Arrays.fill(times, first, first + question.count(), question.time());
            System.arraycopy(question.told(), 0, told, first * classes, question.told().length);
            first += question.count();
        }
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(IMAGE, new Tensor(images, rows, imageSize, imageSize, 1));
        inputs.put(TIME, new Tensor(times, rows));
        if (classes > 0) {
            inputs.put(CLASS, new Tensor(told, rows, classes));
        }
        return inputs;
    }
}
