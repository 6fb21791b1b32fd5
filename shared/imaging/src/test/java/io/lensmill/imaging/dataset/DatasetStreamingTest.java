package io.lensmill.imaging.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.imaging.FloatImage;
import io.lensmill.imaging.Progress;
import io.lensmill.imaging.preprocessing.Preprocessing;
import io.lensmill.imaging.simulation.SimulationModel;
import io.lensmill.imaging.simulation.SimulationRequest;
import io.lensmill.imaging.simulation.SimulationWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets that are larger than the memory they may take. */
class DatasetStreamingTest {

    private static final Preprocessing MINMAX = Preprocessing.of("minmax-v1");
    private static final long NO_MEMORY = 0;

    @TempDir
    Path directory;

    private CountingStore store;
    private Dataset inMemory;

    @BeforeEach
    void uploadASet() throws Exception {
        store = new CountingStore();
        Path folder = directory.resolve("set");
        new SimulationWriter(SimulationRequest.of(SimulationModel.DEMO, 7, 3, 2).withSize(16))
                .write(folder, 2, Progress.NONE);
        DatasetRepository datasets = new DatasetRepository(store);
        datasets.upload(folder, "demo", Progress.NONE);
        inMemory = datasets.load("demo", MINMAX, 8);
    }

    @Test
    void aStreamedSetIsTheSameAsOneInMemory() throws Exception {
        // Given
        DatasetRepository streaming = new DatasetRepository(store, Optional.empty(), NO_MEMORY);
        // When
        Dataset streamed = streaming.load("demo", MINMAX, 8);
        // Then
        assertSame(streamed);
        assertThat(streamed.sha256()).isEqualTo(inMemory.sha256());
        assertThat(streamed.train().labels()).isEqualTo(inMemory.train().labels());
        assertThat(streamed.validation().paths())
                .isEqualTo(inMemory.validation().paths());
        assertThatThrownBy(() -> streamed.train().images().get(9)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void furtherEpochsDownloadNothingAndHoldNothing() throws Exception {
        // Given
        Dataset streamed = new DatasetRepository(store, Optional.empty(), NO_MEMORY).load("demo", MINMAX, 8);
        int readsOfTheLoad = store.reads.get();
        // When
        assertSame(streamed);
        assertSame(streamed);
        // Then
        assertThat(store.reads).hasValue(readsOfTheLoad);
        assertThat(streamed.train().images().get(0))
                .isNotSameAs(streamed.train().images().get(0));
    }

    @Test
    void theCacheServesBothWays() throws Exception {
        // Given
        Path cache = directory.resolve("cache");
        new DatasetRepository(store, Optional.of(cache), NO_MEMORY).load("demo", MINMAX, 8);
        store.reads.set(0);
        // When
        Dataset streamed = new DatasetRepository(store, Optional.of(cache), NO_MEMORY).load("demo", MINMAX, 8);
        Dataset loaded = new DatasetRepository(store, cache).load("demo", MINMAX, 8);
        // Then
        assertThat(store.reads).as("the manifest, twice").hasValue(2);
        assertSame(streamed);
        assertSame(loaded);
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files).as("one set, no half written file").hasSize(1);
        }
    }

    private void assertSame(Dataset other) {
        List<FloatImage> images = other.allImages();
        assertThat(images).hasSize(15);
        for (int i = 0; i < images.size(); i++) {
            assertThat(images.get(i).pixels())
                    .containsExactly(inMemory.allImages().get(i).pixels());
        }
    }
}
