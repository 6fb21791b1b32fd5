package io.lensmill.classifier.foreign;

import java.util.ArrayList;
import java.util.List;

/** Detectors for tests. */
public final class ForeignDetectors {

    private ForeignDetectors() {}

    /** The same of all images: it tells nothing. */
    public static float[] texture() {
        return new float[Texture.SIZE];
    }

    /** Of two features, trained on 100 embeddings around the unit circle; 100 others of it were held out. */
    public static ForeignDetector ofUnitCircle() {
        return ForeignDetector.fit(circle(0), new int[100], circle(0.5));
    }

    private static List<Looks> circle(double shift) {
        List<Looks> images = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            double angle = 2 * Math.PI * (i + shift) / 100;
            images.add(new Looks(new float[] {(float) Math.cos(angle), (float) Math.sin(angle)}, texture()));
        }
        return images;
    }
}
