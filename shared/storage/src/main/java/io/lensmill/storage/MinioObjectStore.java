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
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Objects in one bucket of an S3 store, through the MinIO SDK.
 *
 * <p>Failures name the endpoint, the bucket and the key, never the credentials. Connecting takes at most five seconds.
 * The SDK repeats requests that a busy store turned away.
 */
public final class MinioObjectStore implements ObjectStore, AutoCloseable {

    /** Larger content travels in parts of this size, so that no side holds more of it in memory at once. */
    private static final long PART_BYTES = 16L * 1024 * 1024;

    private static final String CONTENT_TYPE = "application/octet-stream";

    private final MinioClient client;
    private final String bucket;
    private final MinioCalls calls;

    private MinioObjectStore(MinioClient client, StoreSettings settings) {
        this.client = client;
        this.bucket = settings.bucket();
        this.calls = new MinioCalls(settings);
    }

    /**
     * Connects and creates the bucket when it is missing.
     *
     * @throws IOException when the store does not answer, or refuses the credentials or the bucket
     */
    public static MinioObjectStore connect(StoreSettings settings) throws IOException {
        MinioClient client = MinioClient.builder()
                .endpoint(settings.endpoint())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey())
                .httpClient(StoreHttpClient.create(), true)
                .build();
        MinioObjectStore store = new MinioObjectStore(client, settings);
        try {
            store.createMissingBucket();
            return store;
        } catch (IOException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public void put(ObjectKey key, byte[] content) throws IOException {
        PutObjectArgs.Builder request =
                PutObjectArgs.builder().bucket(bucket).object(key.value()).contentType(CONTENT_TYPE);
        if (content.length <= PART_BYTES) {
            request.data(content, content.length);
        } else {
            request.stream(new ByteArrayInputStream(content), (long) content.length, PART_BYTES);
        }
        calls.call("put", key, () -> client.putObject(request.build()));
    }

    @Override
    public void put(ObjectKey key, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "not a file that can be stored as " + key);
        }
        calls.call(
                "put",
                key,
                () -> client.uploadObject(UploadObjectArgs.builder()
                        .bucket(bucket)
                        .object(key.value())
                        .filename(file.toString(), PART_BYTES)
                        .contentType(CONTENT_TYPE)
                        .build()));
    }

    @Override
    public byte[] get(ObjectKey key, long maxBytes) throws IOException {
        SizeLimit limit = new SizeLimit(maxBytes);
        try (GetObjectResponse object = request(key)) {
            long size = announcedSize(object);
            limit.check(key, size);
            byte[] content = new byte[(int) size];
            if (object.readNBytes(content, 0, content.length) < content.length) {
                throw new EOFException("Object " + key + " ended before its " + size + " bytes");
            }
            return content;
        } catch (ObjectNotFoundException | ObjectTooLargeException e) {
            throw e;
        } catch (IOException e) {
            throw calls.failure("get " + key, e.getMessage(), e);
        }
    }

    @Override
    public InputStream open(ObjectKey key) throws IOException {
        return request(key);
    }

    @Override
    public Optional<ObjectEntry> find(ObjectKey key) throws IOException {
        try {
            long size = calls.call("find", key, () -> client.statObject(StatObjectArgs.builder()
                            .bucket(bucket)
                            .object(key.value())
                            .build())
                    .size());
            return Optional.of(new ObjectEntry(key, size));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<ObjectEntry> list(String prefix) throws IOException {
        ListObjectsArgs request = ListObjectsArgs.builder()
                .bucket(bucket)
                .prefix(KeyPrefix.check(prefix))
                .recursive(true)
                .build();
        List<ObjectEntry> entries = calls.call("list '" + prefix + "'", () -> collect(client.listObjects(request)));
        // S3 promises this order, but not every store that speaks S3 keeps to it.
        entries.sort(Comparator.comparing(entry -> entry.key().value()));
        return List.copyOf(entries);
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        calls.call("delete", key, () -> {
            client.removeObject(RemoveObjectArgs.builder()
                    .bucket(bucket)
                    .object(key.value())
                    .build());
            return null;
        });
    }

    /** Closes idle connections. The store must not be used afterwards. */
    @Override
    public void close() throws IOException {
        try {
            client.close();
        } catch (Exception e) {
            throw calls.failure("close", e.getMessage(), e);
        }
    }

    private GetObjectResponse request(ObjectKey key) throws IOException {
        return calls.call(
                "get",
                key,
                () -> client.getObject(GetObjectArgs.builder()
                        .bucket(bucket)
                        .object(key.value())
                        .build()));
    }

    private static long announcedSize(GetObjectResponse object) throws IOException {
        String length = object.headers().get("Content-Length");
        if (length == null || !length.matches("\\d{1,18}")) {
            throw new IOException("the store gave no size but '" + length + "'");
        }
        return Long.parseLong(length);
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

    private void createMissingBucket() throws IOException {
        if (!bucketExists()) {
            try {
                calls.call("create bucket", () -> {
                    client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
                    return null;
                });
            } catch (IOException e) {
                // Another worker starts at the same moment: either of the two may make it.
                if (!bucketExists()) {
                    throw e;
                }
            }
        }
    }

    private boolean bucketExists() throws IOException {
        return calls.call(
                "find bucket",
                () -> client.bucketExists(
                        BucketExistsArgs.builder().bucket(bucket).build()));
    }
}
