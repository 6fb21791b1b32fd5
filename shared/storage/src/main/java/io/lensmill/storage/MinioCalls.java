package io.lensmill.storage;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;

/** Runs requests to the store and turns the SDK's failures into ours, with the address that was meant. */
final class MinioCalls {

    private static final String NO_SUCH_KEY = "NoSuchKey";

    /** One request to the store. */
    interface Request<T> {
        T send() throws MinioException, IOException;
    }

    private final StoreSettings settings;

    MinioCalls(StoreSettings settings) {
        this.settings = settings;
    }

    /** A request about one object. */
    <T> T call(String action, ObjectKey key, Request<T> request) throws IOException {
        return call(action + " " + key, request);
    }

    /** A request about the bucket as a whole. */
    <T> T call(String action, Request<T> request) throws IOException {
        try {
            return request.send();
        } catch (ErrorResponseException e) {
            if (NO_SUCH_KEY.equals(e.errorResponse().code())) {
                throw new ObjectNotFoundException("No such object: " + address(action));
            }
            throw failure(
                    action, e.errorResponse().code() + ", " + e.errorResponse().message(), e);
        } catch (MinioException | IllegalStateException e) {
            // The SDK throws IllegalStateException around every transport failure, such as a refused connection.
            throw failure(action, reason(e), e);
        }
    }

    IOException failure(String action, String reason, Throwable cause) {
        return new IOException("Object store failed: " + address(action) + ": " + reason, cause);
    }

    private String address(String action) {
        return action + " in bucket " + settings.bucket() + " at " + settings.endpoint();
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ", " + root.getMessage());
    }
}
