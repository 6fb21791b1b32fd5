package io.lensmill.neural.deeplearning4j.kernels;

import io.lensmill.neural.Operation.Film;
import io.lensmill.neural.host.HostFloats;
import io.lensmill.neural.host.Rows;
import io.lensmill.neural.host.Scratch;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link Film}: one scale and one shift per image and channel. */
final class FilmKernel extends Kernel {

    private INDArray input;
    private INDArray scaleAndShift;

    FilmKernel(Film operation) {
        super(operation.parameters());
    }

    @Override
    public INDArray forward(INDArray[] inputs, boolean training) {
        input = inputs[0];
        scaleAndShift = inputs[1];
        INDArray result = buffer("result", input.shape());
        FloatBuffer x = HostFloats.read(input);
        FloatBuffer film = HostFloats.read(scaleAndShift);
        FloatBuffer y = HostFloats.write(result);
        int channels = channels();
        int size = imageSize();
        Rows.parallel(images(), image -> {
            float[] values = Scratch.ofThread().array(0, size);
            float[] settings = settings(film, image, channels);
            x.get(image * size, values, 0, size);
            for (int start = 0; start < size; start += channels) {
                for (int c = 0; c < channels; c++) {
                    values[start + c] = values[start + c] * (1f + settings[c]) + settings[channels + c];
                }
            }
            y.put(image * size, values, 0, size);
        });
        return result;
    }

    @Override
    public INDArray[] backward(INDArray outputGradient) {
        INDArray inputGradient = buffer("inputGradient", input.shape());
        INDArray filmGradient = buffer("filmGradient", scaleAndShift.shape());
        FloatBuffer x = HostFloats.read(input);
        FloatBuffer film = HostFloats.read(scaleAndShift);
        FloatBuffer dy = HostFloats.read(outputGradient);
        FloatBuffer dx = HostFloats.write(inputGradient);
        FloatBuffer dFilm = HostFloats.write(filmGradient);
        int channels = channels();
        int size = imageSize();
        Rows.parallel(images(), image -> {
            float[] values = Scratch.ofThread().array(0, size);
            float[] gradient = Scratch.ofThread().array(1, size);
            x.get(image * size, values, 0, size);
            dy.get(image * size, gradient, 0, size);
            float[] settings = settings(film, image, channels);
            float[] sums = new float[2 * channels];
            for (int start = 0; start < size; start += channels) {
                for (int c = 0; c < channels; c++) {
                    sums[c] += gradient[start + c] * values[start + c];
                    sums[channels + c] += gradient[start + c];
                    gradient[start + c] *= 1f + settings[c];
                }
            }
            dx.put(image * size, gradient, 0, size);
            dFilm.put(image * 2 * channels, sums, 0, 2 * channels);
        });
        return new INDArray[] {inputGradient, filmGradient};
    }

    private static float[] settings(FloatBuffer film, int image, int channels) {
        float[] settings = new float[2 * channels];
        film.get(image * 2 * channels, settings);
        return settings;
    }

    private int channels() {
        return (int) input.size(3);
    }

    private int images() {
        return (int) input.size(0);
    }

    private int imageSize() {
        return (int) (input.length() / input.size(0));
    }
}
