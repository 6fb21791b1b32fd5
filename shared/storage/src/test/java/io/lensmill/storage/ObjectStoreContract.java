package io.lensmill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStore} does. A backend's test extends this class. */
public abstract class ObjectStoreContract {

    private static final ObjectKey KEY = ObjectKey.of("datasets/lenses/train/no/0001.npy");
    private static final long ENOUGH = 64L * 1024 * 1024;

    protected ObjectStore store;

    /** An empty store. */
    protected abstract ObjectStore emptyStore() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = emptyStore();
    }

    @Test
    void returnsWhatWasStored() throws IOException {
        // Given
        byte[] content = bytes("Einstein ring");

        // When
        store.put(KEY, content);

        // Then
        assertThat(store.get(KEY, content.length)).isEqualTo(content);
    }

    @Test
    void replacesWhatStoodThere() throws IOException {
        // Given
        store.put(KEY, bytes("a long first version"));

        // When
        store.put(KEY, bytes("second"));

        // Then
        assertThat(store.get(KEY, ENOUGH)).isEqualTo(bytes("second"));
        assertThat(store.find(KEY)).contains(new ObjectEntry(KEY, 6));
        assertThat(store.list("")).hasSize(1);
    }

    @Test
    void holdsAnEmptyObject() throws IOException {
        // When
        store.put(KEY, new byte[0]);

        // Then
        assertThat(store.get(KEY, 0)).isEmpty();
        assertThat(store.find(KEY)).contains(new ObjectEntry(KEY, 0));
        assertThat(store.list("datasets/")).containsExactly(new ObjectEntry(KEY, 0));
    }

    @Test
    void storesAFile(@TempDir Path directory) throws IOException {
        // Given
        byte[] content = randomBytes(17 * 1024 * 1024 + 3);
        Path file = Files.write(directory.resolve("model.safetensors"), content);

        // When
        store.put(KEY, file);

        // Then
        assertThat(Arrays.equals(store.get(KEY, ENOUGH), content)).isTrue();
        assertThat(store.find(KEY)).contains(new ObjectEntry(KEY, content.length));
    }

    @Test
    void storesAnEmptyFile(@TempDir Path directory) throws IOException {
        // Given
        Path file = Files.createFile(directory.resolve("empty"));

        // When
        store.put(KEY, file);

        // Then
        assertThat(store.get(KEY, ENOUGH)).isEmpty();
    }

    @Test
    void refusesAMissingFileAndChangesNothing(@TempDir Path directory) throws IOException {
        // Given
        store.put(KEY, bytes("before"));

        // When
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> store.put(KEY, directory.resolve("none")));

        // Then
        assertThat(store.get(KEY, ENOUGH)).isEqualTo(bytes("before"));
    }

    @Test
    void holdsALargeObject() throws IOException {
        // Given
        byte[] content = randomBytes(33 * 1024 * 1024 + 1);

        // When
        store.put(KEY, content);

        // Then
        assertThat(Arrays.equals(store.get(KEY, ENOUGH), content)).isTrue();
    }

    @Test
    void keepsItsOwnCopyOfTheContent() throws IOException {
        // Given
        byte[] content = bytes("mass");
        store.put(KEY, content);

        // When
        content[0] = 'X';
        store.get(KEY, ENOUGH)[1] = 'X';

        // Then
        assertThat(store.get(KEY, ENOUGH)).isEqualTo(bytes("mass"));
    }

    @Test
    void saysWhenAnObjectIsMissing() throws IOException {
        // Given
        store.put(KEY, bytes("x"));
        ObjectKey missing = ObjectKey.of("datasets/lenses/train/no/0002.npy");

        // Then
        assertThatExceptionOfType(ObjectNotFoundException.class)
                .isThrownBy(() -> store.get(missing, ENOUGH))
                .withMessageContaining(missing.value());
        assertThat(store.find(missing)).isEmpty();
    }

    @Test
    void doesNotTakeAFolderForAnObject() throws IOException {
        // Given
        store.put(KEY, bytes("x"));
        ObjectKey folder = ObjectKey.of("datasets/lenses");

        // Then
        assertThat(store.find(folder)).isEmpty();
        assertThatExceptionOfType(ObjectNotFoundException.class).isThrownBy(() -> store.get(folder, ENOUGH));
    }

    @Test
    void refusesAnObjectThatIsTooLarge() throws IOException {
        // Given
        store.put(KEY, new byte[11]);

        // Then
        assertThatExceptionOfType(ObjectTooLargeException.class)
                .isThrownBy(() -> store.get(KEY, 10))
                .withMessageContainingAll(KEY.value(), "11", "10");
    }

    @Test
    void refusesANegativeLimit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.get(KEY, -1))
                .withMessageContainingAll("maxBytes", "-1");
    }

    @Test
    void deletesAnObject() throws IOException {
        // Given
        ObjectKey neighbour = ObjectKey.of("datasets/lenses/train/no/0002.npy");
        store.put(KEY, bytes("x"));
        store.put(neighbour, bytes("y"));

        // When
        store.delete(KEY);

        // Then
        assertThat(store.find(KEY)).isEmpty();
        assertThat(store.list("")).containsExactly(new ObjectEntry(neighbour, 1));
    }

    @Test
    void deletesWhatIsNotThere() throws IOException {
        // When
        store.delete(KEY);
        store.delete(KEY);

        // Then
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void listsNothingInAnEmptyStore() throws IOException {
        assertThat(store.list("")).isEmpty();
        assertThat(store.list("datasets/")).isEmpty();
    }

    @Test
    void listsAtAnyDepthByPartialPrefix() throws IOException {
        // Given
        for (String key : List.of("a/b/c", "a/b/d/e", "a/bc", "a/bd/x", "ab", "b")) {
            store.put(ObjectKey.of(key), bytes(key));
        }

        // Then
        assertThat(keys("")).containsExactly("a/b/c", "a/b/d/e", "a/bc", "a/bd/x", "ab", "b");
        assertThat(keys("a")).containsExactly("a/b/c", "a/b/d/e", "a/bc", "a/bd/x", "ab");
        assertThat(keys("a/b")).containsExactly("a/b/c", "a/b/d/e", "a/bc", "a/bd/x");
        assertThat(keys("a/b/")).containsExactly("a/b/c", "a/b/d/e");
        assertThat(keys("a/b/d/e")).containsExactly("a/b/d/e");
        assertThat(keys("a/b/d/e/")).isEmpty();
        assertThat(keys("c")).isEmpty();
    }

    @Test
    void listsInTheOrderOfUtf8Bytes() throws IOException {
        // Given
        List<String> ordered = List.of("k/-", "k/0", "k/A", "k/_", "k/a b+c%", "k/z", "k/ü", "k/λ", "k/銀河", "k/\uffe6");
        for (String key : List.of("k/銀河", "k/z", "k/\uffe6", "k/A", "k/λ", "k/-", "k/ü", "k/a b+c%", "k/_", "k/0")) {
            store.put(ObjectKey.of(key), bytes(key));
        }

        // When
        List<String> listed = keys("k/");

        // Then
        assertThat(listed).isEqualTo(ordered);
        for (String key : ordered) {
            assertThat(store.get(ObjectKey.of(key), ENOUGH)).isEqualTo(bytes(key));
        }
    }

    @Test
    void listsMoreThanOnePage() throws Exception {
        // Given
        int count = 1050;
        inParallel(IntStream.range(0, count).boxed().toList(), i -> {
            store.put(ObjectKey.of("samples/job/%05d.npy".formatted(i)), new byte[i % 3]);
            return null;
        });

        // When
        List<ObjectEntry> listed = store.list("samples/");

        // Then
        assertThat(listed)
                .isEqualTo(IntStream.range(0, count)
                        .mapToObj(i -> new ObjectEntry(ObjectKey.of("samples/job/%05d.npy".formatted(i)), i % 3))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "a//b", "../", "a/../b", "./", "a\\b", "a\u0000"})
    void refusesAPrefixThatBeginsNoKey(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.list(prefix))
                .withMessageStartingWith("prefix must be");
    }

    @Test
    void neverShowsHalfAnObject() throws Exception {
        // Given
        byte[] first = filled((byte) 1);
        byte[] second = filled((byte) 2);
        store.put(KEY, first);

        // When
        List<byte[]> read = inParallel(IntStream.range(0, 40).boxed().toList(), i -> {
            if (i % 4 == 0) {
                store.put(KEY, i % 8 == 0 ? first : second);
            }
            return store.get(KEY, ENOUGH);
        });

        // Then
        assertThat(read).allMatch(content -> Arrays.equals(content, first) || Arrays.equals(content, second));
    }

    private interface Work<T> {
        T on(int item) throws Exception;
    }

    private static <T> List<T> inParallel(List<Integer> items, Work<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<T>> calls =
                    items.stream().map(i -> (Callable<T>) () -> work.on(i)).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> keys(String prefix) throws IOException {
        return store.list(prefix).stream().map(entry -> entry.key().value()).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] filled(byte value) {
        byte[] content = new byte[1_000_000];
        Arrays.fill(content, value);
        return content;
    }

    private static byte[] randomBytes(int count) {
        byte[] content = new byte[count];
        new Random(7).nextBytes(content);
        return content;
    }
}
