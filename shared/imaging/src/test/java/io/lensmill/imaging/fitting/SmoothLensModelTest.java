package io.lensmill.imaging.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.simulation.Camera;
import io.lensmill.imaging.simulation.Ellipticity;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.imaging.simulation.LensParameters;
import io.lensmill.imaging.simulation.LensSimulator;
import io.lensmill.imaging.simulation.Range;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.imaging.simulation.SimulationSettings;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmoothLensModelTest {

    private static final int SIZE = 40;

    /** In the order of LensParameter. */
    private static final double[] LENS = {
        1.2, 0.05, -0.03, 0.1, -0.07, 0.2, 0.1, 0.2, -0.1, 0.5, 1.5, 0.1, 0.01, 0.15, 0.1, 0.08
    };

    @ParameterizedTest
    @CsvSource({"SIS, 0.1, 0.08", "SIE, 0.1, 0.08", "SIE, -0.3, 0.2", "SIE, 0.004, -0.002", "SIE, 0.00002, 0.00003"})
    void derivativesAreThoseOfTheImage(MassModel mass, double e1, double e2) {
        // Given
        SmoothLensModel model = new SmoothLensModel(mass, SIZE, 0.12, 2);
        double[] lens = LENS.clone();
        lens[LensParameter.LENS_ELLIPTICITY_1.place()] = e1;
        lens[LensParameter.LENS_ELLIPTICITY_2.place()] = e2;
        lens = Arrays.copyOf(lens, model.parameters());
        double[][] derivatives = new double[lens.length][SIZE * SIZE];
        // When
        double[] image = model.imageAndDerivatives(lens, derivatives);
        // Then
        assertThat(image).containsExactly(model.image(lens), within(1e-12));
        for (int p = 0; p < lens.length; p++) {
            double[] central = centralDifference(model, lens, p);
            double largest = Arrays.stream(central).map(Math::abs).max().orElseThrow();
            assertThat(derivatives[p])
                    .as(LensParameter.of(mass).get(p).id())
                    .containsExactly(central, within(1e-5 * largest));
        }
    }

    @Test
    void theImageIsTheSimulators() {
        // Given: light without noise, in photons per second
        SimulationSettings challenge = SimulationModel.CHALLENGE.settings();
        SimulationSettings settings = new SimulationSettings(
                "test",
                60,
                6,
                challenge.einsteinRadius(),
                new Ellipticity.Prior(Range.of(0.05, 0.2), Range.of(0, 6), null, null, null),
                new Ellipticity.Prior(Range.of(0, 0.2), Range.of(0, 6), null, null, null),
                challenge.source(),
                challenge.substructure(),
                new Camera(0.2, 2, Camera.Noise.NONE, 0, 0, Range.fixed(0)));
        LensSimulator simulator = new LensSimulator(settings);
        for (int index = 0; index < 5; index++) {
            FloatImage simulated = simulator.simulate(LensClass.NO, 4, index);
            LensParameters lens = simulator.parameters(LensClass.NO, 4, index);
            // When
            double[] image = new SmoothLensModel(MassModel.SIE, 60, 0.1, 2).image(parameters(lens, 0.2));
            // Then: the simulator has scaled it to its extremes
            double min = Arrays.stream(image).min().orElseThrow();
            double max = Arrays.stream(image).max().orElseThrow();
            for (int i = 0; i < image.length; i++) {
                assertThat((image[i] - min) / (max - min)).isCloseTo(simulated.pixels()[i], within(1e-6));
            }
        }
    }

    private static double[] parameters(LensParameters lens, double psfFwhm) {
        return new double[] {
            lens.einsteinRadius(),
            0,
            0,
            lens.shear().first(),
            lens.shear().second(),
            lens.source().x(),
            lens.source().y(),
            lens.source().ellipticity().first(),
            lens.source().ellipticity().second(),
            lens.source().radius(),
            lens.source().index(),
            1,
            0,
            psfFwhm / (2 * Math.sqrt(2 * Math.log(2))),
            lens.lens().first(),
            lens.lens().second()
        };
    }

    private static double[] centralDifference(SmoothLensModel model, double[] lens, int parameter) {
        double step = 1e-6;
        double[] above = lens.clone();
        above[parameter] += step;
        double[] below = lens.clone();
        below[parameter] -= step;
        double[] difference = model.image(above);
        double[] low = model.image(below);
        for (int i = 0; i < difference.length; i++) {
            difference[i] = (difference[i] - low[i]) / (2 * step);
        }
        return difference;
    }
}
