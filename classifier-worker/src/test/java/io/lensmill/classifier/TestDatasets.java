package io.lensmill.classifier;

import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.imaging.simulation.LensSimulator;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectStore;
import java.io.IOException;

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
}
