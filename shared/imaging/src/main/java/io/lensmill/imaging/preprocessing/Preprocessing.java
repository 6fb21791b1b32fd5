package io.lensmill.imaging.preprocessing;

import io.lensmill.imaging.Finite;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.Information;
import io.lensmill.imaging.format.ImageCodecs;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * How an image becomes a network's input. Named and versioned, since it is part of a model's identity: training,
 * scoring and generation all use this one code path, and a named form never changes once models use it.
 */
public enum Preprocessing {
    /** Centre square, antialiased resize, then (x - min) / (max - min). */
    MINMAX_V1("minmax-v1", false) {
        @Override
        FloatImage scale(FloatImage image) {
            return image.minMax();
        }
    },
    /** As minmax-v1, then asinh(10 x) / asinh(10): faint arcs beside bright ones (Lupton et al. 2004). */
    ASINH_V1("asinh-v1", false) {
        @Override
        FloatImage scale(FloatImage image) {
            return asinhStretch(image.minMax());
        }

        @Override
        public FloatImage restore(FloatImage scaled) {
            return asinhShrink(scaled);
        }
    },
    /** As minmax-v1, after NaN pixels took the median of the others: the sky, in a cutout of a survey. */
    MINMAX_V2("minmax-v2", true) {
        @Override
        FloatImage scale(FloatImage image) {
            return image.minMax();
        }
    },
    /** As asinh-v1, after NaN pixels took the median of the others. */
    ASINH_V2("asinh-v2", true) {
        @Override
        FloatImage scale(FloatImage image) {
            return asinhStretch(image.minMax());
        }

        @Override
        public FloatImage restore(FloatImage scaled) {
            return asinhShrink(scaled);
        }
    },
    /**
     * As minmax-v2, then the square root: photon noise is equally strong everywhere (Bartlett 1936), and the faint
     * wings of the light take a tenth of the range where they took a hundredth. What a generator should learn in.
     */
    SQRT_V1("sqrt-v1", true) {
        @Override
        FloatImage scale(FloatImage image) {
            return mapped(image.minMax(), Math::sqrt);
        }

        @Override
        public FloatImage restore(FloatImage scaled) {
            return mapped(scaled, y -> y * y);
        }
    },
    /**
     * As minmax-v2, then the square root, which makes photon noise equally strong everywhere (Bartlett 1936), then less
     * its own Gaussian blur of 2 pixels, times 10. The smooth arc is gone and what disturbs it is left: small values
     * around 0, mostly in [-1, 1]. For classifiers only; an image cannot be had back from it.
     */
    DETAIL_V1("detail-v1", true) {
        @Override
        FloatImage scale(FloatImage image) {
            return HighPass.ofSquareRoot(image.minMax(), 2, 10);
        }

        @Override
        public FloatImage restore(FloatImage scaled) {
            throw new UnsupportedOperationException("detail-v1 cannot be undone: most of the image is not in it");
        }
    };

    private final String id;
    private final boolean fillsGaps;

    Preprocessing(String id, boolean fillsGaps) {
        this.id = id;
        this.fillsGaps = fillsGaps;
    }

    /**
     * Reads a file with the pixels that this form can use: NaN for missing ones from version 2 on.
     *
     * @throws ImageFormatException as of {@link ImageCodecs#decode} or {@link ImageCodecs#decodeWithGaps}
     */
    public FloatImage decode(byte[] file, ImageLimits limits) throws ImageFormatException {
        return fillsGaps ? ImageCodecs.decodeWithGaps(file, limits) : ImageCodecs.decode(file, limits);
    }

    /** @throws IllegalArgumentException when there is none of this name; the message lists the names */
    public static Preprocessing of(String id) {
        return Arrays.stream(values())
                .filter(preprocessing -> preprocessing.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("preprocessing must be one of "
                        + Arrays.stream(values()).map(Preprocessing::id).collect(Collectors.joining(", "))
                        + "; got '" + id + "'"));
    }

    /** Whether the result is still the image in another scale, which a network may be asked to make. */
    public boolean keepsTheImage() {
        return this != DETAIL_V1;
    }

    /** The name that is written beside a model, e.g. {@code minmax-v1}. */
    public String id() {
        return id;
    }

    /**
     * The network's input: size x size pixels in [0,1], around 0 for detail-v1. An image of one value throughout
     * becomes all 0.
     *
     * @param image any height and width; all pixels finite, or from version 2 on NaN
     * @param size side of the result in pixels, at least 1
     * @throws IllegalArgumentException when a pixel is NaN or infinite ({@link #decode} refuses such files), or size is
     *     below 1
     */
    public FloatImage apply(FloatImage image, int size) {
        if (size < 1) {
            throw new IllegalArgumentException("size must be at least 1; got " + size);
        }
        FloatImage whole = fillsGaps ? Finite.filled(image) : image;
        if (Finite.firstIn(whole.pixels()) >= 0) {
            throw new IllegalArgumentException(
                    "An image with NaN or infinite pixels cannot be preprocessed by '" + id + "'");
        }
        return scale(Resampling.resize(Resampling.centreSquare(whole), size, size));
    }

    /**
     * As {@link #apply}, for an image that must show something.
     *
     * @throws ImageFormatException NO_INFORMATION of {@link Information#require}, and when nothing is left of the
     * image:
     *     what it shows lies outside its centre square, or is lost in resizing
     */
    public FloatImage applyWithInformation(FloatImage image, int size) throws ImageFormatException {
        FloatImage prepared = apply(Information.require(image), size);
        if (Information.isConstant(prepared)) {
            throw ImageFormatException.noInformation("All pixels of its centre square have one value at " + size + " x "
                    + size + ", so that it shows nothing.");
        }
        return prepared;
    }

    abstract FloatImage scale(FloatImage image);

    /**
     * Undoes the stretch that {@link #apply} ends with: an image made by a network that learnt in this form, in [0,1],
     * becomes one whose values are proportional to the light again, in [0,1]. For forms that {@linkplain #keepsTheImage
     * keep the image}.
     *
     * @throws UnsupportedOperationException for others
     */
    public FloatImage restore(FloatImage scaled) {
        return scaled;
    }

    /** asinh(10 x) / asinh(10) in new pixels. */
    public static FloatImage asinhStretch(FloatImage unit) {
        double top = asinh(10);
        return mapped(unit, x -> asinh(10 * x) / top);
    }

    private static FloatImage asinhShrink(FloatImage scaled) {
        double top = asinh(10);
        return mapped(scaled, y -> StrictMath.sinh(y * top) / 10);
    }

    private static FloatImage mapped(FloatImage image, DoubleUnaryOperator change) {
        float[] pixels = new float[image.pixels().length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) change.applyAsDouble(image.pixels()[i]);
        }
        return new FloatImage(image.height(), image.width(), pixels);
    }

    // StrictMath: the same input on every machine.
    private static double asinh(double x) {
        return StrictMath.log(x + Math.sqrt(x * x + 1));
    }
}
