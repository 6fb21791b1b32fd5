package io.lensmill.embedded;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Files as objects. A key below a file ("a/b" beside an object "a") leads nowhere: S3Proxy calls that an error of its
 * own, which asks the client to try again.
 */
final class FileObjects extends ForwardingBlobStore {

    private final Path directory;

    FileObjects(Path directory) {
        super(new FilesystemNio2BlobStore(directory.toString()));
        this.directory = directory;
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        requirePossible(request.bucket(), request.key());
        return super.getBlob(request);
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        requirePossible(request.bucket(), request.key());
        return super.blobMetadata(request);
    }

    private void requirePossible(String bucket, String key) {
        Path root = directory.resolve(bucket);
        Path parent = path(root, bucket, key).getParent();
        while (parent != null && parent.startsWith(root) && !parent.equals(root)) {
            if (Files.isRegularFile(parent)) {
                throw S3Exceptions.noSuchKey(bucket, key, "No object can lie below another one here");
            }
            parent = parent.getParent();
        }
    }

    private static Path path(Path root, String bucket, String key) {
        try {
            return root.resolve(key).normalize();
        } catch (InvalidPathException e) {
            throw S3Exceptions.noSuchKey(bucket, key, "No file can have this name here", e);
        }
    }
}
