package io.lensmill.embedded.misbehaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.lensmill.embedded.EmbeddedObjectStore;
import io.lensmill.storage.MinioObjectStore;
import io.lensmill.storage.ObjectDamagedException;
import io.lensmill.storage.ObjectEntry;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectKeyRefusedException;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectStoreException;
import io.lensmill.storage.ObjectUnreadableException;
import io.lensmill.storage.StoreObserver;
import io.lensmill.storage.StoreOperation;
import io.lensmill.storage.StorePatience;
import io.lensmill.storage.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each thing that a store can do to a request becomes for the caller. */
class MinioObjectStoreFaultsTest {

    private static final ObjectKey KEY = ObjectKey.of("images/bad.npy");
    private static final ObjectKey NEIGHBOUR = ObjectKey.of("images/good.npy");
    private static final byte[] CONTENT = randomBytes(200_000);

    /** As the workers', but quicker. */
    private static final StorePatience QUICK =
            new StorePatience(Duration.ofSeconds(5), Duration.ofMillis(700), 100_000, Duration.ofMillis(210));
    /** One attempt for everything. */
    private static final StorePatience NONE =
            new StorePatience(Duration.ZERO, Duration.ofSeconds(20), 100_000, Duration.ZERO);

    @TempDir
    static Path directory;

    private static EmbeddedObjectStore server;
    private static MisbehavingStore misbehaving;

    private final Heard heard = new Heard();
    private MinioObjectStore store;

    /** What an observer was told. */
    private static final class Heard implements StoreObserver {
        final List<String> ends = new CopyOnWriteArrayList<>();
        final AtomicInteger repetitions = new AtomicInteger();

        @Override
        public void ended(StoreOperation operation, Outcome outcome, long nanoseconds) {
            ends.add(operation + " " + outcome);
        }

        @Override
        public void repeated() {
            repetitions.incrementAndGet();
        }
    }

    @BeforeAll
    static void startServers() throws IOException {
        server = EmbeddedObjectStore.start(directory);
        misbehaving = MisbehavingStore.before(server.settings());
    }

    @AfterAll
    static void stopServers() throws IOException {
        misbehaving.close();
        server.close();
    }

    @BeforeEach
    void connect() throws IOException {
        connect(QUICK);
        store.put(KEY, CONTENT);
        store.put(NEIGHBOUR, CONTENT);
        heard.ends.clear();
    }

    private void connect(StorePatience patience) throws IOException {
        store = MinioObjectStore.connect(misbehaving.settings(), patience, heard);
    }

    @AfterEach
    void close() throws IOException {
        misbehaving.behave();
        store.close();
    }

    static Stream<Arguments> answersAboutAnObject() {
        return Stream.of(
                Arguments.of(Fault.MISSING, ObjectNotFoundException.class),
                Arguments.of(new Fault.Answer(404, "NoSuchVersion"), ObjectNotFoundException.class),
                Arguments.of(Fault.DENIED, ObjectUnreadableException.class),
                Arguments.of(Fault.ARCHIVED, ObjectUnreadableException.class),
                Arguments.of(Fault.KMS_DISABLED, ObjectUnreadableException.class),
                Arguments.of(new Fault.Answer(400, "KMS.NotFoundException"), ObjectUnreadableException.class),
                Arguments.of(new Fault.Answer(403, "KMS.AccessDeniedException"), ObjectUnreadableException.class),
                Arguments.of(new Fault.Answer(400, "InvalidRequest"), ObjectUnreadableException.class),
                Arguments.of(new Fault.Answer(400, "InvalidArgument"), ObjectUnreadableException.class),
                Arguments.of(new Fault.Answer(405, "MethodNotAllowed"), ObjectUnreadableException.class),
                Arguments.of(new Fault.Answer(418, "NobodyKnowsThisOne"), ObjectUnreadableException.class),
                Arguments.of(Fault.KEY_TOO_LONG, ObjectKeyRefusedException.class),
                Arguments.of(new Fault.Answer(400, "XMinioInvalidObjectName"), ObjectKeyRefusedException.class),
                Arguments.of(new Fault.Page(414), ObjectKeyRefusedException.class),
                Arguments.of(new Fault.CutShort(100_000), ObjectDamagedException.class),
                Arguments.of(new Fault.CutShort(0), ObjectDamagedException.class),
                Arguments.of(Fault.DAMAGED, ObjectDamagedException.class));
    }

    @ParameterizedTest
    @MethodSource("answersAboutAnObject")
    void anAnswerAboutAnObjectIsItsOwn(Fault fault, Class<? extends ObjectStoreException> kind) throws IOException {
        // Given
        misbehaving.misbehave(KEY.value(), fault);

        // When
        ObjectStoreException failure = catchThrowableOfType(kind, () -> store.get(KEY, CONTENT.length));
        byte[] neighbour = store.get(NEIGHBOUR, CONTENT.length);

        // Then
        assertThat(failure).isInstanceOf(kind).hasMessageContaining(KEY.value());
        assertThat(neighbour).isEqualTo(CONTENT);
    }

    static Stream<Fault> answersAboutTheStore() {
        return Stream.of(
                Fault.BUSY,
                Fault.BAD_GATEWAY,
                Fault.DROPPED,
                new Fault.Page(404),
                new Fault.Page(403),
                new Fault.Page(302),
                new Fault.Answer(500, "InternalError"),
                new Fault.Answer(501, "NotImplemented"),
                new Fault.Answer(507, "XMinioStorageFull"),
                new Fault.Answer(429, "TooManyRequests"),
                new Fault.Answer(408, "RequestTimeout"),
                new Fault.Answer(400, "RequestTimeout"),
                new Fault.Answer(400, "KMS.ThrottlingException"),
                new Fault.Answer(404, "NoSuchBucket"),
                new Fault.Answer(301, "PermanentRedirect"),
                new Fault.Answer(307, "TemporaryRedirect"),
                new Fault.Answer(400, "AuthorizationHeaderMalformed"),
                new Fault.Answer(400, "ExpiredToken"),
                new Fault.Answer(400, "InvalidToken"),
                new Fault.Answer(403, "InvalidAccessKeyId"),
                new Fault.Answer(403, "SignatureDoesNotMatch"),
                new Fault.Answer(403, "RequestTimeTooSkewed"),
                new Fault.Answer(403, "AccountProblem"),
                new Fault.Answer(403, "AllAccessDisabled"));
    }

    @ParameterizedTest
    @MethodSource("answersAboutTheStore")
    void anAnswerAboutTheStoreRefusesNothing(Fault fault) throws IOException {
        // Given
        connect(NONE);
        misbehaving.misbehave(".+", fault);

        // Then
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.get(KEY, CONTENT.length));
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.find(KEY));
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.put(KEY, CONTENT));
    }

    @Test
    void aDeniedWriteWaitsForTheOperator() {
        // Given
        misbehaving.misbehave(KEY.value(), Fault.DENIED);

        // Then
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> store.put(KEY, CONTENT))
                .withMessageContaining("AccessDenied");
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.delete(KEY));
    }

    @Test
    void aHeadRequestsAnswerIsAskedForInWords() throws IOException {
        // Given
        ObjectKey missing = ObjectKey.of("images/none.npy");
        misbehaving.misbehave(KEY.value(), Fault.ARCHIVED);

        // When
        boolean found = store.find(missing).isPresent();

        // Then
        assertThat(found).isFalse();
        assertThat(store.find(NEIGHBOUR)).contains(new ObjectEntry(NEIGHBOUR, CONTENT.length));
        assertThatExceptionOfType(ObjectUnreadableException.class)
                .isThrownBy(() -> store.find(KEY))
                .withMessageContaining("InvalidObjectState");
    }

    @Test
    void aDenialThatPassesIsNoAnswer() throws IOException {
        // Given
        AtomicInteger asked = new AtomicInteger();
        misbehaving.misbehave(KEY.value(), Fault.DENIED);
        CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
            try {
                asked.incrementAndGet();
                return store.get(KEY, CONTENT.length);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        long before = misbehaving.requests();
        await().until(() -> asked.get() > 0 && misbehaving.requests() > before);

        // When
        misbehaving.behave();

        // Then
        assertThat(read).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(CONTENT);
    }

    @Test
    void aStoreThatTurnsAwayEveryThirdRequestIsAsGoodAsAnother() throws IOException {
        // Given
        misbehaving.misbehave(".*", 3, Fault.BUSY);
        byte[] parts = randomBytes(33 * 1024 * 1024 + 1);

        // When
        store.put(KEY, parts);
        byte[] read = store.get(KEY, parts.length);
        for (int i = 0; i < 50; i++) {
            store.put(ObjectKey.of("images/%d.npy".formatted(i)), new byte[] {(byte) i});
        }

        // Then
        assertThat(read).isEqualTo(parts);
        assertThat(store.list("images/")).hasSizeGreaterThanOrEqualTo(50);
        assertThat(heard.repetitions).hasPositiveValue();
        assertThat(heard.ends).allMatch(end -> end.endsWith("OK"));
    }

    @Test
    void aStoreThatIsAwayForAMomentIsWaitedFor() throws Exception {
        // Given
        misbehaving.goAway();
        CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
            try {
                return store.get(KEY, CONTENT.length);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> heard.repetitions.get() > 1);

        // When
        misbehaving.comeBack();

        // Then
        assertThat(read).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(CONTENT);
    }

    @Test
    void anAttemptEndsWhenTheStoreTrickles() {
        // Given
        misbehaving.misbehave(KEY.value(), new Fault.Slow(20_000));
        long begun = System.nanoTime();

        // Then
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> store.get(KEY, CONTENT.length))
                .withMessageContaining("took too long");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void aSlowStoreHasTheTimeThatItsBytesTake() throws IOException {
        // Given: 100 KB a second are asked for at least, and 700 ms more.
        misbehaving.misbehave(KEY.value(), new Fault.Slow(150_000));

        // When
        byte[] read = store.get(KEY, CONTENT.length);
        store.put(KEY, read);

        // Then
        assertThat(read).isEqualTo(CONTENT);
    }

    @Test
    void theObserverHearsHowCallsEnd() throws IOException {
        // Given
        misbehaving.misbehave(KEY.value(), Fault.DENIED);
        misbehaving.misbehave("images/other.npy", new Fault.Answer(403, "AccountProblem"));

        // When
        store.get(NEIGHBOUR, CONTENT.length);
        for (ObjectKey key : List.of(KEY, ObjectKey.of("images/none.npy"), ObjectKey.of("images/other.npy"))) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> store.get(key, CONTENT.length));
        }

        // Then
        assertThat(heard.ends).containsExactly("GET OK", "GET REFUSED", "GET MISSING", "GET UNAVAILABLE");
    }

    private static byte[] randomBytes(int count) {
        byte[] content = new byte[count];
        new Random(7).nextBytes(content);
        return content;
    }
}
