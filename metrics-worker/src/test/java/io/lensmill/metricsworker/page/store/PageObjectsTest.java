package io.lensmill.metricsworker.page.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lensmill.storage.InMemoryObjectStore;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectTooLargeException;
import io.lensmill.storage.StoreObserver;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageObjectsTest {

    private static final ObjectKey KEY = ObjectKey.of("models/m/contact-sheet.png");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2};

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final PageObjects objects = new PageObjects(store);

    @Test
    void givesAPicture() throws Exception {
        store.put(KEY, PNG);
        assertThat(objects.sheet(KEY)).isEqualTo(PNG);
    }

    @Test
    void givesNothingThatOnlyHasAPicturesName() {
        store.put(KEY, "<html>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> objects.sheet(KEY)).isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void givesNoPictureThatIsTooLarge() {
        store.put(KEY, Arrays.copyOf(PNG, (int) PageObjects.MOST_SHEET_BYTES + 1));
        assertThatThrownBy(() -> objects.sheet(KEY)).isInstanceOf(ObjectTooLargeException.class);
    }

    @Test
    void givesTheLearningCurveOfAModelAndNothingElseOfIt() throws Exception {
        // Given
        String description = "{\"seed\": 7, \"learningCurve\": [{\"epoch\": 1, \"trainingLoss\": 0.5}]}";
        store.put(ObjectKey.of("models/m/model.json"), description.getBytes(StandardCharsets.UTF_8));
        store.put(ObjectKey.of("models/other/model.json"), "{}".getBytes(StandardCharsets.UTF_8));
        // When / Then
        assertThat(objects.learningCurve("m")).isEqualTo("[{\"epoch\":1,\"trainingLoss\":0.5}]");
        assertThat(objects.learningCurve("other")).isEqualTo("[]");
    }

    @Test
    void saysWhatIsMissingWithoutAStore() {
        PatientStore none = new PatientStore(Optional.empty(), StoreObserver.NONE, System::nanoTime);
        assertThat(none.configured()).isFalse();
        assertThatThrownBy(none::objects).hasMessageContaining("lensmill.store.access-key");
    }
}
