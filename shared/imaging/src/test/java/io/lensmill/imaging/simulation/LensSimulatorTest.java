package io.lensmill.imaging.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lensmill.imaging.FloatImage;
import java.nio.file.Path;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LensSimulatorTest {

    @ParameterizedTest
    @EnumSource(SimulationModel.class)
    void anImageDependsOnSeedClassAndIndexOnly(SimulationModel model) {
        // Given
        LensSimulator simulator = new LensSimulator(model.settings().withSize(32));
        FloatImage image = simulator.simulate(LensClass.SPHERE, 5, 17);
        simulator.simulate(LensClass.NO, 5, 3);
        // When
        FloatImage again = new LensSimulator(model.settings().withSize(32)).simulate(LensClass.SPHERE, 5, 17);
        // Then
        assertThat(again.pixels()).containsExactly(image.pixels());
        assertThat(simulator.simulate(LensClass.SPHERE, 6, 17).pixels()).isNotEqualTo(image.pixels());
        assertThat(simulator.simulate(LensClass.SPHERE, 5, 18).pixels()).isNotEqualTo(image.pixels());
        assertThat(simulator.simulate(LensClass.VORTEX, 5, 17).pixels()).isNotEqualTo(image.pixels());
    }

    @ParameterizedTest
    @EnumSource(SimulationModel.class)
    void imagesAreFiniteAndBrightAtTheRing(SimulationModel model) {
        // Given
        SimulationSettings settings = model.settings();
        LensSimulator simulator = new LensSimulator(settings);
        for (LensClass lensClass : LensClass.values()) {
            for (int index = 0; index < 5; index++) {
                // When
                FloatImage image = simulator.simulate(lensClass, 3, index);
                // Then
                double radius = simulator.parameters(lensClass, 3, index).einsteinRadius() / settings.pixel();
                assertThat(image.height()).isEqualTo(settings.size());
                assertThat(meanWithin(image, 0.6 * radius, 1.4 * radius))
                        .isGreaterThan(3 * meanWithin(image, 2.3 * radius, settings.size()));
            }
        }
    }

    @Test
    void classesDifferInTheirSubstructureOnly() {
        // Given
        LensSimulator simulator = new LensSimulator(SimulationModel.MODEL_1);
        // When
        LensParameters no = simulator.parameters(LensClass.NO, 1, 0);
        LensParameters sphere = simulator.parameters(LensClass.SPHERE, 1, 0);
        LensParameters vortex = simulator.parameters(LensClass.VORTEX, 1, 0);
        // Then
        assertThat(no.subhalos()).isEmpty();
        assertThat(no.vortices()).isEmpty();
        assertThat(sphere.subhalos()).hasSize(25).allSatisfy(subhalo -> {
            assertThat(subhalo.mass()).isBetween(1e6, 1e10);
            assertThat(Math.hypot(subhalo.x(), subhalo.y())).isBetween(0.25, 2.0);
        });
        assertThat(vortex.vortices()).hasSize(1).allSatisfy(line -> {
            assertThat(line.mass()).isEqualTo(3e10);
            assertThat(line.halfLength()).isBetween(0.03, 3.0);
        });
        assertThat(no.einsteinRadius()).isCloseTo(1.28149, within(1e-5));
        assertThat(no.source().ellipticity().first()).isCloseTo(-0.1, within(1e-12));
        assertThat(no.source().ellipticity().second()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void theSubstructureFactorMultipliesMassesAndNothingElse() {
        // Given
        SimulationSettings once = SimulationModel.MODEL_1.settings();
        // When
        LensParameters one = new LensSimulator(once).parameters(LensClass.SPHERE, 1, 0);
        LensParameters ten = new LensSimulator(once.withSubstructure(10)).parameters(LensClass.SPHERE, 1, 0);
        // Then
        for (int i = 0; i < 25; i++) {
            assertThat(ten.subhalos().get(i).mass() / one.subhalos().get(i).mass())
                    .isCloseTo(10, within(1e-9));
            assertThat(ten.subhalos().get(i).x())
                    .isEqualTo(one.subhalos().get(i).x());
        }
        assertThat(ten.source()).isEqualTo(one.source());
    }

    @Test
    void substructureThatIsPartOfTheGalaxyAddsNoMass() throws Exception {
        // Given
        Path file =
                Path.of(getClass().getResource("/simulation-2/parameters.json").toURI());
        SimulationSettings settings = SimulationWriter.read(file).settings();
        LensSimulator simulator = new LensSimulator(settings);
        LensSimulator heavy = new LensSimulator(settings.withSubstructure(1000));
        // When
        LensParameters vortex = simulator.parameters(LensClass.VORTEX, 1, 0);
        double galaxyAlone = heavy.parameters(LensClass.VORTEX, 1, 0).einsteinRadius();
        // Then radii add in squares; half the radius is a quarter of the mass
        double radius = Math.hypot(vortex.einsteinRadius(), Cosmology.einsteinRadius(3 * 3e10));
        assertThat(radius).isBetween(1.1, 1.3);
        assertThat(galaxyAlone).isCloseTo(radius / 2, within(1e-9));
    }

    @Test
    void aVortexLineIsDrawnByItsShareOfTheMassItsLengthAndItsPlace() {
        // Given
        LensSimulator simulator = new LensSimulator(SimulationModel.CHALLENGE);
        // When
        List<LensParameters> lenses = IntStream.range(0, 2000)
                .mapToObj(index -> simulator.parameters(LensClass.VORTEX, 3, index))
                .toList();
        // Then
        assertThat(lenses).allSatisfy(lens -> {
            Substructure.Vortex vortex = lens.vortices().get(0);
            assertThat(vortex.mass() / Cosmology.mass(lens.einsteinRadius())).isBetween(0.03, 0.055);
            assertThat(2 * vortex.halfLength()).isBetween(1.0, 4.0);
        });
        assertThat(lenses.stream()
                        .mapToDouble(lens -> lens.vortices().get(0).centreX())
                        .map(x -> x * x)
                        .average())
                .hasValueCloseTo(0.25, within(0.03));
    }

    @Test
    void theNumberOfSubhalosVariesWhereItIsPoissons() {
        // Given
        LensSimulator simulator = new LensSimulator(SimulationModel.CHALLENGE);
        // When
        IntSummaryStatistics numbers = IntStream.range(0, 2000)
                .map(index -> simulator
                        .parameters(LensClass.SPHERE, 3, index)
                        .subhalos()
                        .size())
                .summaryStatistics();
        // Then
        assertThat(numbers.getAverage()).isCloseTo(25, within(0.5));
        assertThat(numbers.getMin()).isLessThan(15);
        assertThat(numbers.getMax()).isGreaterThan(35);
    }

    @Test
    void challengeShearsAndSourcesLieAlongTheAxis() {
        // Given
        LensSimulator simulator = new LensSimulator(SimulationModel.CHALLENGE);
        // When / Then: 2π degrees at most
        for (int index = 0; index < 500; index++) {
            LensParameters lens = simulator.parameters(LensClass.NO, 3, index);
            for (Ellipticity shape : List.of(lens.shear(), lens.source().ellipticity())) {
                double degrees = -Math.toDegrees(Math.atan2(shape.second(), shape.first())) / 2;
                assertThat(degrees).isBetween(-1e-9, 2 * Math.PI + 1e-9);
            }
            double q = Math.hypot(
                    lens.source().ellipticity().first(),
                    lens.source().ellipticity().second());
            assertThat((1 - q) / (1 + q)).isBetween(0.4 - 1e-9, 1.0);
            assertThat(Math.hypot(lens.source().x(), lens.source().y())).isLessThanOrEqualTo(0.5);
        }
    }

    @Test
    void priorsThatAreNoneAreRefusedByName() {
        Range range = Range.of(0, 0.5);
        assertThatThrownBy(() -> new Ellipticity.Prior(range, null, null, null, null))
                .hasMessageContaining("modulus and doubleAngle");
        assertThatThrownBy(() -> new Ellipticity.Prior(range, range, range, null, null))
                .hasMessageContaining("modulus and doubleAngle");
        assertThatThrownBy(() -> Ellipticity.Prior.ofAxisRatio(range, range)).hasMessageContaining("axisRatio");
        assertThatThrownBy(() -> Ellipticity.Prior.ofComponents(Range.of(-0.9, 0), Range.of(0, 0.9)))
                .hasMessageContaining("modulus below 1");
        assertThatThrownBy(() -> new SimulationSettings.SourcePrior(
                        1, range, range, Ellipticity.Prior.fixed(0, 0), range, range))
                .hasMessageContaining("either offset or distance");
        assertThatThrownBy(() -> new Substructure.LinePrior(Range.of(-1, 0), range, 0.5, 25))
                .hasMessageContaining("massShare");
    }

    @Test
    void anotherSizeShowsTheSameSky() {
        // Given
        SimulationSettings settings = SimulationModel.DEMO.settings();
        FloatImage fine = new LensSimulator(settings.withSize(128)).simulate(LensClass.NO, 1, 2);
        // When
        FloatImage coarse = new LensSimulator(settings.withSize(64)).simulate(LensClass.NO, 1, 2);
        // Then
        for (int i = 0; i < coarse.pixels().length; i++) {
            int row = i / 64 * 2;
            int column = i % 64 * 2;
            double mean = (fine.at(row, column)
                            + fine.at(row, column + 1)
                            + fine.at(row + 1, column)
                            + fine.at(row + 1, column + 1))
                    / 4;
            assertThat((double) coarse.pixels()[i]).isCloseTo(mean, within(0.06));
        }
    }

    /** N(>M) of dN/dM ∝ M^-0.9 between 1e6 and 1e10: the median is at (0.5 (1e6^0.1 + 1e10^0.1))^10. */
    @Test
    void massesFollowTheirPowerLaw() {
        // Given
        LensSimulator simulator = new LensSimulator(SimulationModel.MODEL_1);
        double median = Math.pow((Math.pow(1e6, 0.1) + Math.pow(1e10, 0.1)) / 2, 10);
        // When
        long above = 0;
        for (int index = 0; index < 400; index++) {
            above += simulator.parameters(LensClass.SPHERE, 1, index).subhalos().stream()
                    .filter(subhalo -> subhalo.mass() > median)
                    .count();
        }
        // Then 10,000 draws, so a standard deviation of 50
        assertThat(above).isBetween(4800L, 5200L);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> SimulationModel.DEMO.settings().withSize(4)).hasMessageContaining("8 to 1024");
        assertThatThrownBy(() -> SimulationModel.DEMO.settings().withSubstructure(0))
                .hasMessageContaining("above 0");
        assertThatThrownBy(() -> SimulationModel.of("model-9")).hasMessageContaining("model-1, model-2");
    }

    private static double meanWithin(FloatImage image, double inner, double outer) {
        double centre = (image.width() - 1) / 2.0;
        double sum = 0;
        int count = 0;
        for (int i = 0; i < image.pixels().length; i++) {
            int row = i / image.width();
            int column = i % image.width();
            double radius = Math.hypot(row - centre, column - centre);
            if (radius >= inner && radius < outer) {
                sum += image.pixels()[i];
                count++;
            }
        }
        return sum / count;
    }
}
