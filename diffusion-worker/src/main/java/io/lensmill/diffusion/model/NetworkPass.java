package io.lensmill.diffusion.model;

import io.lensmill.neural.Network;
import io.lensmill.neural.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a U-Net once for one request or for several together: time and class are inputs of their own for each image. An
 * image's answer does not depend on what goes with it. Not safe for use by several threads.
 *
 * @param network inputs "image" and "time", with classes also "class"; output "prediction"
 * @param imageSize edge of the images in pixels
 */
public record NetworkPass(Network network, int imageSize) {

    /** The image input: [n, h, w, 1] in [-1, 1]. */
    public static final String IMAGE = "image";
    /** The time input: [n]. */
    public static final String TIME = "time";
    /** The class input of networks with classes: [n, classes]. */
    public static final String CLASS = "class";
    /** The output: [n, h, w, 1]. */
    public static final String PREDICTION = "prediction";

    /** Requests that go together are filled up to a multiple of it with blanks: a network compiles for each size. */
    private static final int SIZE_STEP = 8;

    /** @return the network's prediction, of the shape of the request's images */
    public float[] predict(InferenceRequest request) {
        return predict(List.of(request)).get(0);
    }

    /**
     * @param requests at least one
     * @return an answer for each
     */
    List<float[]> predict(List<InferenceRequest> requests) {
        int asked = requests.stream().mapToInt(InferenceRequest::rows).sum();
        int rows = requests.size() == 1 ? asked : (asked + SIZE_STEP - 1) / SIZE_STEP * SIZE_STEP;
        float[] predictions =
                network.infer(inputs(requests, rows)).get(PREDICTION).values();
        List<float[]> answers = new ArrayList<>();
        int from = 0;
        for (InferenceRequest request : requests) {
            answers.add(answer(request, predictions, from));
            from += request.rows() * imageSize * imageSize;
        }
        return answers;
    }

    private Map<String, Tensor> inputs(List<InferenceRequest> requests, int rows) {
        int pixels = imageSize * imageSize;
        int classes = requests.get(0).classes().length / requests.get(0).rows();
        float[] images = new float[rows * pixels];
        float[] times = new float[rows];
        float[] oneHot = new float[rows * classes];
        int first = 0;
        for (InferenceRequest request : requests) {
            int end = first + request.rows();
            Arrays.fill(times, first, end, request.time());
            System.arraycopy(request.classes(), 0, oneHot, first * classes, request.classes().length);
            for (; first < end; first += request.count()) {
                System.arraycopy(request.images(), 0, images, first * pixels, request.count() * pixels);
            }
        }
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(IMAGE, new Tensor(images, rows, imageSize, imageSize, 1));
        inputs.put(TIME, new Tensor(times, rows));
        if (classes > 0) {
            inputs.put(CLASS, new Tensor(oneHot, rows, classes));
        }
        return inputs;
    }

    /** (6) in Ho and Salimans 2022 where there is guidance. */
    private static float[] answer(InferenceRequest request, float[] predictions, int from) {
        int size = request.images().length;
        float[] answer = Arrays.copyOfRange(predictions, from, from + size);
        double guidance = request.guidance();
        for (int i = 0; guidance > 0 && i < size; i++) {
            answer[i] = (float) ((1 + guidance) * answer[i] - guidance * predictions[from + size + i]);
        }
        return answer;
    }
}
