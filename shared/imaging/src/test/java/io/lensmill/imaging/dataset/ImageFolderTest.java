package io.lensmill.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.Progress;
import io.lensmill.imaging.dataset.ImageFolder.Image;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.preprocessing.Preprocessing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    private static final byte[] NPY = NpyCodec.encode(new FloatImage(8, 8, pixels()));
    private static final byte[] FITS_BEGIN = "SIMPLE  =                    T".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private static float[] pixels() {
        float[] pixels = new float[64];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i;
        }
        return pixels;
    }

    private void write(String path, byte[] content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String entry, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(content);
        }
        return bytes.toByteArray();
    }

    @Test
    void imagesAreToldByTheirNamesOrTheirFirstBytes() throws Exception {
        // Given
        write("train/no/a.npy", NPY);
        write("train/no/broken.NPY", new byte[] {1});
        write("train/no/b", NPY);
        write("train/no/c.fts", FITS_BEGIN);
        write("train/no/d.fits.fz", FITS_BEGIN);
        write("train/no/e.dat", zip("arr_0.npy", NPY));
        write("train/no/f.gz", gzip(FITS_BEGIN));
        // When
        ImageFolder found = ImageFolder.of(folder);
        // Then
        assertThat(found.images())
                .containsExactly(
                        new Image("train/no/a.npy", "train/no/a.npy"),
                        new Image("train/no/b", "train/no/b.npy"),
                        new Image("train/no/broken.NPY", "train/no/broken.NPY"),
                        new Image("train/no/c.fts", "train/no/c.fts"),
                        new Image("train/no/d.fits.fz", "train/no/d.fits.fz"),
                        new Image("train/no/e.dat", "train/no/e.dat.npz"),
                        new Image("train/no/f.gz", "train/no/f.gz.fits.gz"));
        assertThat(found.leftOut(true)).isEmpty();
    }

    @Test
    void whatIsLeftOutIsCountedByKind() throws Exception {
        // Given
        write("a.npy", NPY);
        write("h.jpg", new byte[] {(byte) 0xff, (byte) 0xd8});
        write("i.JPG", new byte[] {(byte) 0xff, (byte) 0xd8});
        write("k.npy.gz", gzip(NPY));
        write("list.docx", zip("word/document.xml", new byte[] {1}));
        write("notes", new byte[0]);
        write("parameters.json", new byte[] {'{', '}'});
        write("elsewhere/b.npy", NPY);
        Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("elsewhere"));
        // When
        ImageFolder found = ImageFolder.of(folder);
        // Then
        assertThat(found.images()).hasSize(2);
        assertThat(found.leftOut(false))
                .isEqualTo("6 files (.docx 1, .jpg 2, .npy.gz 1, no ending 1: no format that is read;"
                        + " no ending 1: link to a folder, which is not followed)");
        assertThat(found.leftOut(true)).startsWith("7 files (.docx 1, .jpg 2, .json 1,");
    }

    @Test
    void whatSystemsLeaveIsPassedOverWithoutAWord() throws Exception {
        // Given
        write("train/no/a.npy", NPY);
        write("train/no/._a.npy", new byte[] {0, 5, 22, 7});
        write("__MACOSX/train/no/._a.npy", new byte[] {0, 5, 22, 7});
        write("train/no/.ipynb_checkpoints/a-checkpoint.npy", NPY);
        write("train/no/Thumbs.db", new byte[] {1});
        // When
        ImageFolder found = ImageFolder.of(folder);
        // Then
        assertThat(found.images()).hasSize(1);
        assertThat(found.leftOut(true)).isEmpty();
    }

    @Test
    void twoImagesNeverGetOneName() throws Exception {
        // Given
        write("a", NPY);
        write("a.npy", NPY);
        // When / Then
        assertThat(ImageFolder.of(folder).images()).extracting(Image::name).doesNotHaveDuplicates();
    }

    @Test
    void anUploadedSetHoldsThemAll() throws Exception {
        // Given
        write("train/no/b", NPY);
        write("train/no/a.npy", NPY);
        write("train/no/x.jpg", new byte[] {1});
        write("__MACOSX/train/no/._a.npy", new byte[] {0, 5, 22, 7});
        CountingStore store = new CountingStore();
        DatasetRepository datasets = new DatasetRepository(store);
        // When
        datasets.upload(folder, "odd", Progress.NONE);
        // Then
        assertThat(datasets.load("odd", Preprocessing.of("minmax-v1"), 8)
                        .train()
                        .paths())
                .containsExactly("train/no/a.npy", "train/no/b.npy");
    }
}
