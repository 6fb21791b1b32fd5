package io.lensmill.storage;

import io.lensmill.storage.StoreAnswers.Meaning;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs calls of the store and turns the SDK's failures into ours, with the address that was meant. */
final class MinioCalls {

    /** The SDK keeps the status of an answer that is no XML in its message alone. */
    private static final Pattern STATUS = Pattern.compile("Response code: (\\d{3})\\b");

    /** One request to the store. */
    interface Request<T> {
        T send() throws MinioException, IOException;
    }

    private final StoreSettings settings;
    private final StoreObserver observer;

    MinioCalls(StoreSettings settings, StoreObserver observer) {
        this.settings = settings;
        this.observer = observer;
    }

    /** Code that makes requests. */
    interface Call<T> {
        T run() throws ObjectStoreException;
    }

    /** Tells the observer how the call ends. */
    <T> T observed(StoreOperation operation, Call<T> call) throws ObjectStoreException {
        long begun = System.nanoTime();
        try {
            T result = call.run();
            observer.ended(operation, StoreObserver.Outcome.OK, System.nanoTime() - begun);
            return result;
        } catch (ObjectStoreException e) {
            observer.ended(operation, StoreObserver.Outcome.of(e), System.nanoTime() - begun);
            throw e;
        }
    }

    /**
     * @param subject the key, or what stands for it in messages
     * @throws ObjectStoreException whatever the SDK throws
     */
    <T> T send(StoreOperation operation, String subject, Request<T> request) throws ObjectStoreException {
        try {
            return request.send();
        } catch (ObjectStoreException e) {
            throw e;
        } catch (ErrorResponseException e) {
            String code = e.errorResponse().code();
            String reason = code + ", " + e.errorResponse().message();
            throw answered(operation, subject, e.response().code(), code, reason, e);
        } catch (ServerException e) {
            throw answered(operation, subject, e.statusCode(), "", e.getMessage(), e);
        } catch (InvalidResponseException e) {
            throw wordless(operation, subject, e);
        } catch (IllegalArgumentException e) {
            // What the SDK itself refuses to ask for.
            throw failure(Meaning.KEY, operation, subject, e.getMessage(), e);
        } catch (MinioException | IOException | RuntimeException e) {
            // The SDK throws IllegalStateException around every transport failure, such as a refused connection.
            throw unavailable(operation, subject, reason(e), e);
        }
    }

    /**
     * As {@link #send}, for a HEAD request. Its error answers have no body, and the SDK makes up a code from the
     * status: what is meant is asked for again in a way that has words.
     *
     * @param words a GET request that ends in the same error
     */
    <T> T sendHead(StoreOperation operation, String subject, Request<T> head, Request<?> words)
            throws ObjectStoreException {
        return send(operation, subject, () -> {
            try {
                return head.send();
            } catch (ErrorResponseException e) {
                words.send();
                throw e;
            }
        });
    }

    ObjectStoreException unavailable(StoreOperation operation, String subject, String reason, Throwable cause) {
        return failure(Meaning.STORE, operation, subject, reason, cause);
    }

    /** For messages: "get datasets/a.npy in bucket lensmill at http://127.0.0.1:9000". */
    String address(StoreOperation operation, String subject) {
        return name(operation) + " " + subject + " in bucket " + settings.bucket() + " at " + settings.endpoint();
    }

    private ObjectStoreException answered(
            StoreOperation operation, String subject, int status, String code, String reason, Throwable cause) {
        boolean reads = operation == StoreOperation.GET || operation == StoreOperation.FIND;
        String known = code == null ? "" : code;
        Meaning meaning = reads ? StoreAnswers.toReading(status, known) : StoreAnswers.toOther(status, known);
        return failure(meaning, operation, subject, reason, cause);
    }

    /** An answer that is no XML comes from something between us and the store; but that may well judge the address. */
    private ObjectStoreException wordless(StoreOperation operation, String subject, InvalidResponseException e) {
        Matcher status = STATUS.matcher(e.getMessage());
        boolean tooLongAnAddress = status.find() && status.group(1).equals("414");
        return failure(tooLongAnAddress ? Meaning.KEY : Meaning.STORE, operation, subject, e.getMessage(), e);
    }

    private ObjectStoreException failure(
            Meaning meaning, StoreOperation operation, String subject, String reason, Throwable cause) {
        String address = address(operation, subject);
        return switch (meaning) {
            case MISSING -> new ObjectNotFoundException("No such object: " + address, cause);
            case KEY -> new ObjectKeyRefusedException("The store takes no such key: " + address + ": " + reason, cause);
            case TOO_LARGE ->
                new ObjectTooLargeException("The object is too large for the store: " + address + ": " + reason, cause);
            case WITHHELD ->
                new ObjectUnreadableException(
                        "The store does not hand the object out: " + address + ": " + reason, cause);
            case STORE -> new StoreUnavailableException("Object store failed: " + address + ": " + reason, cause);
        };
    }

    private static String name(StoreOperation operation) {
        return switch (operation) {
            case GET -> "get";
            case PUT -> "put";
            case FIND -> "find";
            case LIST -> "list";
            case DELETE -> "delete";
            case CONNECT -> "find";
        };
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (AttemptDeadline.hasEnded(root)) {
            return "the attempt took too long and was ended";
        }
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ", " + root.getMessage());
    }
}
