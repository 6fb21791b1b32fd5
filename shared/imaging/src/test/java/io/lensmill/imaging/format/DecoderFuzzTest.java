package io.lensmill.imaging.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.ImageFormatException;
import io.lensmill.imaging.ImageLimits;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.imaging.simulation.LensSimulator;
import io.lensmill.imaging.simulation.SimulationModel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files of every kind: a decoder gives an image or an ImageFormatException with a message, nothing else. */
class DecoderFuzzTest {

    /** More by -Dlensmill.fuzz.inputs=1000000. */
    private static final int INPUTS = Integer.getInteger("lensmill.fuzz.inputs", 100_000);

    /** A small limit keeps accepted images small, and the test fast. */
    private static final ImageLimits LIMITS = new ImageLimits(64, 1 << 20);

    private static final byte[] NINES = "999999999".getBytes(StandardCharsets.US_ASCII);
    private static final Packing AS_IT_IS = file -> file;

    /** What happens to a file after it was damaged. */
    private interface Packing {
        byte[] pack(byte[] file) throws Exception;
    }

    static Stream<Arguments> files() throws Exception {
        FloatImage image = new LensSimulator(SimulationModel.DEMO.settings().withSize(16)).simulate(LensClass.NO, 1, 1);
        byte[] fits = FitsFiles.image(
                16, 16, 16, new byte[512], "BSCALE  = 2.0", "BZERO   = 10.5", "BLANK   =                   -1");
        byte[] npy = NpyCodec.encode(image);
        byte[] npz = NpzCodecTest.zip(Map.of("a.npy", npy, "b.npy", new byte[9]));
        return Stream.of(
                Arguments.of("npy", npy, AS_IT_IS),
                Arguments.of(
                        "npy version 2", NpyCodecTest.file(2, ">f8", "True", "(1, 4, 4)", new byte[128]), AS_IT_IS),
                Arguments.of("npz", npz, AS_IT_IS),
                // A checksum protects what is packed: damaged before, the damage gets to the decoder within.
                Arguments.of("npy within npz", npy, (Packing) file -> NpzCodecTest.zip(Map.of("a.npy", file))),
                Arguments.of("png", PngCodec.encodeGrey16(image), AS_IT_IS),
                Arguments.of("fits", fits, AS_IT_IS),
                Arguments.of("gzip", FitsFiles.gzip(fits), AS_IT_IS),
                Arguments.of("fits within gzip", fits, (Packing) FitsFiles::gzip));
    }

    /** Finds a decoder that hangs; a hundred times what 100,000 inputs need. */
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void damagedFilesGiveAReason(String name, byte[] file, Packing packing) throws Exception {
        // Given
        SplittableRandom random = new SplittableRandom(20);
        int refused = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] damaged = packing.pack(damage(file, random));
            try {
                // When
                FloatImage image = ImageCodecs.decode(damaged, LIMITS);
                // Then
                assertThat(image.height()).isBetween(1, 64);
            } catch (ImageFormatException e) {
                assertThat(e.getMessage()).isNotBlank();
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("Input " + i + " of " + name + ": " + Arrays.toString(damaged), e);
            }
        }
        assertThat(refused).isPositive();
    }

    /** One to four of: a changed byte or bit, a cut, a changed digit, a huge number, doubled bytes, noise. */
    private static byte[] damage(byte[] file, SplittableRandom random) {
        byte[] bytes = file.clone();
        for (int times = random.nextInt(1, 5); times > 0; times--) {
            if (bytes.length == 0) {
                return bytes;
            }
            // Half of the damage goes to the beginning, where the headers are.
            int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 600));
            switch (random.nextInt(7)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes[at] = (byte) ('0' + random.nextInt(10));
                case 4 -> System.arraycopy(NINES, 0, bytes, at, Math.min(NINES.length, bytes.length - at));
                case 5 -> bytes = inserted(bytes, at, random);
                default -> noise(bytes, at, random);
            }
        }
        return bytes;
    }

    private static byte[] inserted(byte[] bytes, int at, SplittableRandom random) {
        int length = random.nextInt(1, 20);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
        return longer;
    }

    private static void noise(byte[] bytes, int at, SplittableRandom random) {
        for (int i = at; i < Math.min(bytes.length, at + 16); i++) {
            bytes[i] = (byte) random.nextInt();
        }
    }
}
