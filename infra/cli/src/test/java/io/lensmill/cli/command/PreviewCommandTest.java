package io.lensmill.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.cli.Lensmill;
import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.format.PngCodec;
import io.lensmill.imaging.picture.ColourMap;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewCommandTest {

    private static final FloatImage IMAGE = new FloatImage(2, 3, new float[] {0, 1, 2, 3, 4, 10});

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void oneImageIsShownLargeFromTheFirstToTheLastColour() throws Exception {
        // Given
        Path file = Files.write(folder.resolve("a.npy"), NpyCodec.encode(IMAGE));
        Path out = folder.resolve("a.png");
        // When
        int exit = preview(file.toString(), "--out", out.toString(), "--colours", "viridis");
        // Then 200 pixels for each of the three columns
        BufferedImage picture = ImageIO.read(out.toFile());
        assertThat(exit).isZero();
        assertThat(count(picture, ColourMap.VIRIDIS.rgb(0))).isEqualTo(200 * 200);
        assertThat(count(picture, ColourMap.VIRIDIS.rgb(1))).isEqualTo(200 * 200);
    }

    @Test
    void foldersBecomeRowsOfAContactSheet() throws Exception {
        // Given
        for (String name : new String[] {"no/a.npy", "no/b.npy", "no/c.npy", "vort/d.npy"}) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.write(folder.resolve(name), NpyCodec.encode(IMAGE));
        }
        Path out = folder.resolve("sheet.png");
        // When
        int exit = preview(folder.toString(), "--count", "2", "--out", out.toString());
        // Then two images of folder 'no' and one of 'vort', their brightest pixel at 50 px a side
        assertThat(exit).isZero();
        assertThat(count(ImageIO.read(out.toFile()), ColourMap.INFERNO.rgb(1))).isEqualTo(3 * 50 * 50);
    }

    @Test
    void everyFormatIsShown() throws Exception {
        // Given
        Path npz = folder.resolve("both.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(npz))) {
            for (String name : new String[] {"first.npy", "second.npy"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(NpyCodec.encode(IMAGE));
            }
        }
        Path png = Files.write(folder.resolve("a.png"), PngCodec.encodeGrey16(IMAGE));
        String out = folder.resolve("out.png").toString();
        // When / Then
        assertThat(preview(png.toString(), "--out", out, "--stretch", "asinh")).isZero();
        assertThat(preview(npz.toString(), "--out", out, "--array", "second")).isZero();
        assertThat(preview(npz.toString(), "--out", out)).isEqualTo(1);
        assertThat(err.toString()).contains("both.npz", "'first' [2, 3], 'second' [2, 3]");
    }

    private int preview(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "preview";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return Lensmill.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(line);
    }

    private static int count(BufferedImage picture, int rgb) {
        int count = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                count += (picture.getRGB(x, y) & 0xffffff) == rgb ? 1 : 0;
            }
        }
        return count;
    }
}
