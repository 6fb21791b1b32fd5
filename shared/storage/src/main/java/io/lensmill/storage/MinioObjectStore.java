package io.lensmill.storage;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Objects in one bucket of an S3 store, through the MinIO SDK.
 *
 * <p>Failures name the endpoint, the bucket and the key, never the credentials. Connecting takes at most five seconds.
 * What is not answered or turned away is asked again for a while ({@link StorePatience}), and so is what speaks against
 * an object.
 */
public final class MinioObjectStore implements ObjectStore, AutoCloseable {

    /** Larger content travels in parts of this size, so that no side holds more of it in memory at once. */
    private static final long PART_BYTES = 16L * 1024 * 1024;

    private static final String CONTENT_TYPE = "application/octet-stream";

    /** Any key: asked for when a HEAD request was denied, whose answer does not say why. */
    private static final String ANY_OBJECT = "lensmill";

    private final MinioClient client;
    private final String bucket;
    private final MinioCalls calls;
    private final Doubts doubts;
    private final PatientRequests requests;

    private MinioObjectStore(
            MinioClient client,
            StoreSettings settings,
            StorePatience patience,
            StoreObserver observer,
            PatientRequests requests) {
        this.client = client;
        this.bucket = settings.bucket();
        this.calls = new MinioCalls(settings, observer);
        this.doubts = new Doubts(patience.doubt());
        this.requests = requests;
    }

    /** As {@link #connect(StoreSettings, StorePatience, StoreObserver)}, patient and watched by nobody. */
    public static MinioObjectStore connect(StoreSettings settings) throws ObjectStoreException {
        return connect(settings, StorePatience.DEFAULT, StoreObserver.NONE);
    }

    /**
     * Connects and creates the bucket when it is missing; one attempt, so that a wrong setting is said at once.
     *
     * @param patience of the calls that follow
     * @param observer hears how calls end
     * @throws StoreUnavailableException when the store does not answer, or refuses the credentials or the bucket
     */
    public static MinioObjectStore connect(StoreSettings settings, StorePatience patience, StoreObserver observer)
            throws ObjectStoreException {
        PatientRequests requests = new PatientRequests(Duration.ZERO, observer);
        MinioClient client = MinioClient.builder()
                .endpoint(settings.endpoint())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey())
                .httpClient(StoreHttpClient.create(requests, patience), true)
                .build();
        MinioObjectStore store = new MinioObjectStore(client, settings, patience, observer, requests);
        try {
            store.calls.observed(StoreOperation.CONNECT, () -> {
                store.createMissingBucket();
                return store;
            });
        } catch (ObjectStoreException e) {
            store.close();
            throw e;
        }
        requests.setPatience(patience.busy());
        return store;
    }

    @Override
    public void put(ObjectKey key, byte[] content) throws ObjectStoreException {
        PutObjectArgs.Builder request =
                PutObjectArgs.builder().bucket(bucket).object(key.value()).contentType(CONTENT_TYPE);
        if (content.length <= PART_BYTES) {
            request.data(content, content.length);
        } else {
            request.stream(new ByteArrayInputStream(content), (long) content.length, PART_BYTES);
        }
        call(StoreOperation.PUT, key.value(), () -> client.putObject(request.build()));
    }

    @Override
    public void put(ObjectKey key, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "not a file that can be stored as " + key);
        }
        call(
                StoreOperation.PUT,
                key.value(),
                () -> client.uploadObject(UploadObjectArgs.builder()
                        .bucket(bucket)
                        .object(key.value())
                        .filename(file.toString(), PART_BYTES)
                        .contentType(CONTENT_TYPE)
                        .build()));
    }

    @Override
    public byte[] get(ObjectKey key, long maxBytes) throws ObjectStoreException {
        SizeLimit limit = new SizeLimit(maxBytes);
        return calls.observed(StoreOperation.GET, () -> doubts.settle(() -> read(key, limit)));
    }

    private byte[] read(ObjectKey key, SizeLimit limit) throws ObjectStoreException {
        String address = calls.address(StoreOperation.GET, key.value());
        return calls.send(StoreOperation.GET, key.value(), () -> {
            GetObjectArgs request = GetObjectArgs.builder()
                    .bucket(bucket)
                    .object(key.value())
                    .fetchChecksum(true)
                    .build();
            try (GetObjectResponse object = client.getObject(request)) {
                ObjectBody.requireS3(object.headers());
                byte[] content = ObjectBody.read(object, object.headers(), key, limit, address);
                BodyChecksum.check(object.headers(), content, address);
                return content;
            }
        });
    }

    @Override
    public Optional<ObjectEntry> find(ObjectKey key) throws ObjectStoreException {
        StatObjectArgs request =
                StatObjectArgs.builder().bucket(bucket).object(key.value()).build();
        try {
            long size = calls.observed(
                    StoreOperation.FIND,
                    () -> calls.sendHead(
                            StoreOperation.FIND,
                            key.value(),
                            () -> client.statObject(request).size(),
                            () -> firstByte(key.value())));
            return Optional.of(new ObjectEntry(key, size));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<ObjectEntry> list(String prefix) throws ObjectStoreException {
        ListObjectsArgs request = ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(KeyPrefix.check(prefix))
                .recursive(true)
                .build();
        List<ObjectEntry> entries =
                call(StoreOperation.LIST, "'" + prefix + "'", () -> collect(client.listObjects(request)));
        // S3 promises this order, but not every store that speaks S3 keeps to it.
        entries.sort(Comparator.comparing(entry -> entry.key().value()));
        return List.copyOf(entries);
    }

    @Override
    public void delete(ObjectKey key) throws ObjectStoreException {
        call(StoreOperation.DELETE, key.value(), () -> {
            client.removeObject(RemoveObjectArgs.builder()
                    .bucket(bucket)
                    .object(key.value())
                    .build());
            return null;
        });
    }

    /** Closes idle connections, and ends the pauses between attempts. The store must not be used afterwards. */
    @Override
    public void close() throws ObjectStoreException {
        requests.close();
        calls.send(StoreOperation.CONNECT, "connections", () -> {
            try {
                client.close();
                return client;
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
    }

    private <T> T call(StoreOperation operation, String subject, MinioCalls.Request<T> request)
            throws ObjectStoreException {
        return calls.observed(operation, () -> calls.send(operation, subject, request));
    }

    /** Asks for an object in a way that has an answer in words. */
    private Object firstByte(String key) throws MinioException, IOException {
        GetObjectArgs request = GetObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .offset(0L)
                .length(1L)
                .build();
        try (GetObjectResponse object = client.getObject(request)) {
            return object.headers();
        }
    }

    private static List<ObjectEntry> collect(Iterable<Result<Item>> results) throws MinioException {
        List<ObjectEntry> entries = new ArrayList<>();
        for (Result<Item> result : results) {
            Item item = result.get();
            asKey(item).ifPresent(key -> entries.add(new ObjectEntry(key, item.size())));
        }
        return entries;
    }

    /** Empty for what no key of ours can be, such as the "folder/" markers that other tools leave behind. */
    private static Optional<ObjectKey> asKey(Item item) {
        try {
            return Optional.of(ObjectKey.of(item.objectName()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void createMissingBucket() throws ObjectStoreException {
        if (!bucketExists()) {
            try {
                calls.send(StoreOperation.CONNECT, "the bucket, which is missing and cannot be made,", () -> {
                    client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
                    return bucket;
                });
            } catch (ObjectStoreException e) {
                // Another worker starts at the same moment: either of the two may make it.
                if (!bucketExists()) {
                    throw e;
                }
            }
        }
    }

    private boolean bucketExists() throws ObjectStoreException {
        BucketExistsArgs request = BucketExistsArgs.builder().bucket(bucket).build();
        try {
            // As a read, so that what an account without the right to list is told counts as an answer.
            return calls.sendHead(
                    StoreOperation.FIND, "the bucket", () -> client.bucketExists(request), () -> firstByte(ANY_OBJECT));
        } catch (ObjectRefusedException e) {
            return true;
        }
    }
}
