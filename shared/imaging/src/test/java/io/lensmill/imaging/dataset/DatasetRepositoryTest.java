package io.lensmill.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.Progress;
import io.lensmill.imaging.dataset.DatasetException.Reason;
import io.lensmill.imaging.format.NpyCodec;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.imaging.simulation.SimulationRequest;
import io.lensmill.imaging.simulation.SimulationWriter;
import io.lensmill.storage.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetRepositoryTest {

    private static final Preprocessing MINMAX = Preprocessing.of("minmax-v1");

    @TempDir
    Path directory;

    private CountingStore store;
    private DatasetRepository datasets;

    @BeforeEach
    void emptyStore() {
        store = new CountingStore();
        datasets = new DatasetRepository(store);
    }

    @Test
    void loadsASimulatedSetThatWasUploaded() throws Exception {
        // Given
        Path folder = simulated(3, 2);
        Manifest manifest = datasets.upload(folder, "demo", Progress.NONE);
        // When
        Dataset dataset = datasets.load("demo", MINMAX, 8);
        // Then
        assertThat(dataset.classes()).containsExactly("no", "sphere", "vort");
        assertThat(dataset.train().size()).isEqualTo(9);
        assertThat(dataset.train().labels()).containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2);
        assertThat(dataset.validation().labels()).containsExactly(0, 0, 1, 1, 2, 2);
        assertThat(dataset.validation().paths().get(5)).isEqualTo("val/vort/00004.npy");
        assertThat(dataset.sha256()).isEqualTo(manifest.sha256());
        FloatImage first = NpyCodec.decode(Files.readAllBytes(folder.resolve("train/no/00000.npy")));
        assertThat(dataset.train().images().get(0).pixels())
                .containsExactly(MINMAX.apply(first, 8).pixels());
    }

    @Test
    void theManifestCountsAndHashesWhatIsThere() throws Exception {
        // Given
        Path folder = simulated(2, 1);
        // When
        Manifest manifest = datasets.upload(folder, "demo", Progress.NONE);
        // Then
        assertThat(manifest.counts()).containsEntry("train/sphere", 2L).containsEntry("val/no", 1L);
        assertThat(manifest.shapes()).containsOnlyKeys("16 x 16").containsValue(9L);
        assertThat(manifest.files()).hasSize(9);
        assertThat(store.find(ObjectKey.of("datasets/demo/parameters.json"))).isPresent();
    }

    @Test
    void aSetWithoutManifestAndWithOtherFolderNamesIsTheSame() throws Exception {
        // Given
        put("datasets/plain/train/no_sub/b.npy", 1);
        put("datasets/plain/train/no_sub/a.npy", 2);
        put("datasets/plain/train/CDM/a.npy", 3);
        put("datasets/plain/train/axion/a.npy", 4);
        put("datasets/plain/validation/subhalo/a.npy", 5);
        // When
        Dataset dataset = datasets.load("plain", MINMAX, 4);
        // Then
        assertThat(dataset.train().paths())
                .containsExactly("train/CDM/a.npy", "train/axion/a.npy", "train/no_sub/a.npy", "train/no_sub/b.npy");
        assertThat(dataset.train().labels()).containsExactly(1, 2, 0, 0);
        assertThat(dataset.validation().labels()).containsExactly(1);
        assertThat(dataset.sha256()).hasSize(64);
    }

    @Test
    void whatSystemsLeaveInTheStoreIsPassedOver() throws Exception {
        // Given: as 'aws s3 sync' of a folder unpacked on macOS leaves it
        put("datasets/synced/train/no/a.npy", 1);
        put("datasets/synced/train/no/._a.npy", 1);
        put("datasets/synced/__MACOSX/train/no/._a.npy", 1);
        put("datasets/synced/train/no/.ipynb_checkpoints/a-checkpoint.npy", 1);
        // When
        Dataset dataset = datasets.load("synced", MINMAX, 4);
        // Then
        assertThat(dataset.train().paths()).containsExactly("train/no/a.npy");
    }

    @Test
    void imagesWithoutClassesAreUnlabelled() throws Exception {
        // Given
        put("datasets/flat/a.npy", 1);
        put("datasets/flat/val/b.npy", 2);
        // When
        Dataset dataset = datasets.load("flat", MINMAX, 4);
        // Then
        assertThat(dataset.train().labels()).containsExactly(-1);
        assertThat(dataset.validation().labels()).containsExactly(-1);
    }

    @Test
    void aMissingSetNamesThePrefixAndTheSetsThereAre() throws Exception {
        // Given
        put("datasets/here/a.npy", 1);
        // When / Then
        assertRefused(() -> datasets.load("gone", MINMAX, 4), Reason.MISSING, "'datasets/gone/'", "here");
    }

    @Test
    void aMissingClassIsNamedBeforeAnythingIsDownloaded() throws Exception {
        // Given
        put("datasets/two/train/no/a.npy", 1);
        put("datasets/two/train/sphere/a.npy", 2);
        // When / Then
        assertRefused(
                () -> datasets.index("two").requireClasses(),
                Reason.CLASS_MISSING,
                "no images of class 'vort' in train",
                "1 no, 1 sphere, 0 vort");
        assertThat(store.reads).hasValue(0);
    }

    @Test
    void anUnknownFolderIsNoClass() throws Exception {
        // Given
        put("datasets/odd/train/spiral/a.npy", 1);
        // When / Then
        assertRefused(() -> datasets.load("odd", MINMAX, 4), Reason.CLASS_MISSING, "'spiral'", "sphere or subhalo");
    }

    @Test
    void anUndecodableImageIsNamed() throws Exception {
        // Given
        put("datasets/bad/train/no/a.npy", 1);
        store.put(ObjectKey.of("datasets/bad/train/no/b.npy"), new byte[] {1, 2, 3});
        // When / Then
        assertRefused(() -> datasets.load("bad", MINMAX, 4), Reason.UNDECODABLE_IMAGE, "'train/no/b.npy'", "01 02 03");
    }

    @Test
    void nothingIsStoredOfAFolderWithAnUndecodableImage() throws Exception {
        // Given
        Path folder = simulated(1, 1);
        Files.write(folder.resolve("train/no/00009.npy"), new byte[] {1, 2, 3});
        // When / Then
        assertRefused(
                () -> datasets.upload(folder, "demo", Progress.NONE), Reason.UNDECODABLE_IMAGE, "train/no/00009.npy");
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void aHalfUploadedOrChangedSetIsNotTakenForAWholeOne() throws Exception {
        // Given
        datasets.upload(simulated(1, 1), "demo", Progress.NONE);
        byte[] other = store.get(ObjectKey.of("datasets/demo/train/no/00000.npy"), 1 << 20);
        // When / Then
        store.put(ObjectKey.of("datasets/demo/train/vort/00000.npy"), other);
        assertRefused(() -> datasets.load("demo", MINMAX, 4), Reason.NOT_AS_IN_MANIFEST, "another SHA-256");
        store.delete(ObjectKey.of("datasets/demo/train/vort/00000.npy"));
        assertRefused(() -> datasets.load("demo", MINMAX, 4), Reason.NOT_AS_IN_MANIFEST, "images are missing");
        store.put(ObjectKey.of("datasets/demo/train/vort/00001.npy"), other);
        store.put(ObjectKey.of("datasets/demo/train/vort/00000.npy"), other);
        assertRefused(() -> datasets.load("demo", MINMAX, 4), Reason.NOT_AS_IN_MANIFEST, "not in the manifest");
    }

    @Test
    void uploadingAgainLeavesNothingOfTheFormerSet() throws Exception {
        // Given
        datasets.upload(simulated(4, 1), "demo", Progress.NONE);
        Path smaller = directory.resolve("smaller");
        new SimulationWriter(SimulationRequest.of(SimulationModel.DEMO, 8, 2, 1).withSize(16))
                .write(smaller, 2, Progress.NONE);
        // When
        datasets.upload(smaller, "demo", Progress.NONE);
        // Then
        assertThat(datasets.load("demo", MINMAX, 4).train().size()).isEqualTo(6);
    }

    @Test
    void theCacheSavesTheSecondDownload() throws Exception {
        // Given
        Path cache = directory.resolve("cache");
        DatasetRepository caching = new DatasetRepository(store, cache);
        caching.upload(simulated(2, 1), "demo", Progress.NONE);
        Dataset first = caching.load("demo", MINMAX, 8);
        int readsOfTheFirst = store.reads.getAndSet(0);
        // When
        Dataset second = new DatasetRepository(store, cache).load("demo", MINMAX, 8);
        // Then
        assertThat(readsOfTheFirst).isEqualTo(10);
        assertThat(store.reads).as("the manifest only").hasValue(1);
        assertThat(second.sha256()).isEqualTo(first.sha256());
        for (int i = 0; i < first.train().size(); i++) {
            assertThat(second.train().images().get(i).pixels())
                    .containsExactly(first.train().images().get(i).pixels());
        }
    }

    @Test
    void namesAreChecked() {
        for (String name : new String[] {"", "../x", "a/b", "a..b", ".hidden", "a\nb", null}) {
            // When / Then
            assertRefused(() -> datasets.load(name, MINMAX, 4), Reason.BAD_NAME, "1 to 128");
        }
    }

    private Path simulated(int train, int validation) throws IOException {
        Path folder = directory.resolve("set-" + train + "-" + validation);
        SimulationRequest request = SimulationRequest.of(SimulationModel.DEMO, 7, train, validation);
        new SimulationWriter(request.withSize(16)).write(folder, 2, Progress.NONE);
        return folder;
    }

    private void put(String key, int seed) throws IOException {
        float[] pixels = new float[64];
        pixels[seed] = 1;
        store.put(ObjectKey.of(key), NpyCodec.encode(new FloatImage(8, 8, pixels)));
    }

    private static void assertRefused(ThrowingCallable call, Reason reason, String... messages) {
        assertThatThrownBy(call)
                .hasMessageContainingAll(messages)
                .asInstanceOf(type(DatasetException.class))
                .extracting(DatasetException::reason)
                .isEqualTo(reason);
    }
}
