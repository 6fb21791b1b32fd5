package io.lensmill.classifier;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.imaging.simulation.LensSimulator;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;
import java.util.Map;

/** Small simulated datasets in an object store. */
public final class TestDatasets {

    private TestDatasets() {}

    /** Writes {@code datasets/<name>/{train,val}/<class>/<index>.npy}, the demo's lenses at the given size. */
    public static void simulate(ObjectStore store, String name, int size, int train, int validation)
            throws IOException {
        LensSimulator simulator =
                new LensSimulator(SimulationModel.DEMO.settings().withSize(size));
        for (LensClass lensClass : LensClass.values()) {
            for (int i = 0; i < train + validation; i++) {
                String split = i < train ? "train" : "val";
                String key = "datasets/%s/%s/%s/%05d.npy".formatted(name, split, lensClass.label(), i);
                store.put(ObjectKey.of(key), NpyCodec.encode(simulator.simulate(lensClass, 7, i)));
            }
        }
    }

    /** Writes images of 16 x 16 pixels: path below the dataset's prefix to number of {@link #stripes}. */
    public static void write(ObjectStore store, String name, Map<String, Integer> images) throws IOException {
        for (Map.Entry<String, Integer> image : images.entrySet()) {
            store.put(
                    ObjectKey.of("datasets/" + name + "/" + image.getKey()),
                    NpyCodec.encode(stripes(16, image.getValue())));
        }
    }

    /** Bright and dark stripes, so many of each: nothing that a lens looks like. */
    public static FloatImage stripes(int size, int count) {
        float[] pixels = new float[size * size];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (0.5 + 0.5 * Math.sin(2 * Math.PI * count * (i % size) / size));
        }
        return new FloatImage(size, size, pixels);
    }
}
