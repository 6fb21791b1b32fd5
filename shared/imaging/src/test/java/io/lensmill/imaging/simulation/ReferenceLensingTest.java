package io.lensmill.imaging.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lensmill.imaging.format.NpyCodec;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against lenstronomy 1.14.2: SIE, SHEAR, POINT_MASS, SERSIC_ELLIPSE, Gaussian PSF. */
class ReferenceLensingTest {

    private static final int SIZE = 150;
    private static final double PIXEL = 0.05;
    private static final RayTracer TRACER = new RayTracer(SIZE, PIXEL, 1);

    static Stream<JsonNode> cases() throws Exception {
        List<JsonNode> cases = new ArrayList<>();
        json().get("cases").forEach(cases::add);
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void deflectionFieldAgrees(JsonNode lens) throws Exception {
        // Given
        List<Deflector> masses = masses(lens);
        // When
        double[][] field = deflection(masses);
        // Then
        assertThat(largestDifference(field[0], reference(lens, "alpha-x"))).isLessThan(1e-6);
        assertThat(largestDifference(field[1], reference(lens, "alpha-y"))).isLessThan(1e-6);
    }

    /** Deflections at the pixel centres in arcsec: along x, then along y; each [SIZE, SIZE] row by row. */
    private static double[][] deflection(List<Deflector> masses) {
        double[] x = IntStream.range(0, SIZE)
                .mapToDouble(i -> (i - (SIZE - 1) / 2.0) * PIXEL)
                .toArray();
        double[][] field = new double[2][SIZE * SIZE];
        for (int row = 0; row < SIZE; row++) {
            double[] alphaX = new double[SIZE];
            double[] alphaY = new double[SIZE];
            for (Deflector mass : masses) {
                mass.addDeflection(x, x[row], alphaX, alphaY);
            }
            System.arraycopy(alphaX, 0, field[0], row * SIZE, SIZE);
            System.arraycopy(alphaY, 0, field[1], row * SIZE, SIZE);
        }
        return field;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void imageAgreesBeforeAndAfterBlurring(JsonNode lens) throws Exception {
        // Given
        float[] sharpReference = reference(lens, "sharp");
        float[] blurredReference = reference(lens, "blurred");
        // When
        double[] sharp = TRACER.image(masses(lens), source(lens.get("sersic")));
        double[] blurred = new GaussianPsf(lens.get("psf_fwhm_arcsec").asDouble() / PIXEL).blur(sharp, SIZE);
        // Then
        assertThat(largestDifference(sharp, sharpReference)).isLessThan(1e-5 * peak(sharpReference));
        assertThat(largestDifference(blurred, blurredReference)).isLessThan(1e-5 * peak(sharpReference));
    }

    @Test
    void massesHaveTheirEinsteinRadii() throws Exception {
        // Given
        JsonNode table = json().get("cosmology").get("mass_to_einstein_radius_arcsec");
        assertThat(table).isNotEmpty();
        table.properties().forEach(entry -> {
            double expected = entry.getValue().asDouble();
            // When
            double radius = Cosmology.einsteinRadius(Double.parseDouble(entry.getKey()));
            // Then
            assertThat(Math.abs(radius / expected - 1)).isLessThan(1e-5);
        });
    }

    @Test
    void vortexOfTheReferenceIsALineOfEqualPoints() throws Exception {
        // Given
        JsonNode points = cases().filter(c -> c.get("name").asText().equals("vortex-1"))
                .findFirst()
                .orElseThrow()
                .get("point_masses");
        double x = points.get(99).get("center_x").asDouble();
        double y = points.get(99).get("center_y").asDouble();
        // When
        List<PointMass> line = new Substructure.Vortex(3e10, Math.hypot(x, y), Math.atan2(y, x), 100, 0, 0).points();
        // Then
        for (int i = 0; i < 100; i++) {
            PointMass ours = line.get(i);
            assertThat(ours.einsteinRadius())
                    .isCloseTo(points.get(i).get("theta_E").asDouble(), org.assertj.core.api.Assertions.within(1e-6));
            assertThat(Math.hypot(
                            ours.x() - points.get(i).get("center_x").asDouble(),
                            ours.y() - points.get(i).get("center_y").asDouble()))
                    .isLessThan(1e-9);
        }
    }

    private static List<Deflector> masses(JsonNode lens) {
        JsonNode sie = lens.get("sie");
        List<Deflector> masses = new ArrayList<>();
        masses.add(new SingularIsothermalEllipsoid(
                number(sie, "theta_E"),
                number(sie, "e1"),
                number(sie, "e2"),
                number(sie, "center_x"),
                number(sie, "center_y")));
        masses.add(new ExternalShear(number(lens.get("shear"), "gamma1"), number(lens.get("shear"), "gamma2")));
        lens.get("point_masses")
                .forEach(p ->
                        masses.add(new PointMass(number(p, "theta_E"), number(p, "center_x"), number(p, "center_y"))));
        return masses;
    }

    private static SersicSource source(JsonNode sersic) {
        return new SersicSource(
                number(sersic, "amp"),
                number(sersic, "R_sersic"),
                number(sersic, "n_sersic"),
                number(sersic, "e1"),
                number(sersic, "e2"),
                number(sersic, "center_x"),
                number(sersic, "center_y"));
    }

    private static double number(JsonNode node, String field) {
        return node.get(field).asDouble();
    }

    private static float[] reference(JsonNode lens, String what) throws Exception {
        return NpyCodec.decode(bytes(lens.get("name").asText() + "-" + what + ".npy"))
                .pixels();
    }

    private static JsonNode json() throws Exception {
        return new ObjectMapper().readTree(bytes("cases.json"));
    }

    private static byte[] bytes(String file) throws Exception {
        try (InputStream stream = ReferenceLensingTest.class.getResourceAsStream("/lensing/" + file)) {
            return stream.readAllBytes();
        }
    }

    private static double largestDifference(double[] ours, float[] theirs) {
        double largest = 0;
        for (int i = 0; i < ours.length; i++) {
            largest = Math.max(largest, Math.abs(ours[i] - theirs[i]));
        }
        return largest;
    }

    private static double peak(float[] image) {
        double peak = 0;
        for (float value : image) {
            peak = Math.max(peak, value);
        }
        return peak;
    }
}
