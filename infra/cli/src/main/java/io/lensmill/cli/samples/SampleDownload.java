package io.lensmill.cli.samples;

import com.fasterxml.jackson.databind.JsonNode;
import io.lensmill.cli.terminal.CommandFailure;
import io.lensmill.imaging.Progress;
import io.lensmill.reading.BoundedJson;
import io.lensmill.storage.BucketLayout;
import io.lensmill.storage.ObjectEntry;
import io.lensmill.storage.ObjectKey;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectStore;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings the images of a finished generation job into a local folder; every array is held against its SHA-256. */
public final class SampleDownload {

    private static final String MANIFEST = "manifest.json";
    private static final long MAX_MANIFEST_BYTES = 64L * 1024 * 1024;
    private static final long MAX_FILE_BYTES = Integer.MAX_VALUE - 16L;

    private final ObjectStore store;

    public SampleDownload(ObjectStore store) {
        this.store = store;
    }

    /**
     * Writes all that the job has made: arrays, single files, contact sheet, and last the manifest.
     *
     * @param jobId the checked id of a generation job
     * @param folder made when missing
     * @param progress told how many of the files are done
     * @return number of files
     * @throws CommandFailure when the job has no manifest yet, or an array is not the one that the manifest names
     */
    public int into(String jobId, Path folder, Progress progress) throws IOException {
        String prefix = BucketLayout.samplesPrefix(jobId);
        byte[] manifest = manifest(jobId, prefix);
        Map<String, String> hashes = hashes(manifest);
        List<ObjectEntry> entries = store.list(prefix);
        int done = 0;
        for (ObjectEntry entry : entries) {
            String name = entry.key().value().substring(prefix.length());
            if (!name.equals(MANIFEST)) {
                write(folder, name, checked(entry.key(), hashes.get(entry.key().value())));
            }
            progress.report(++done, entries.size());
        }
        write(folder, MANIFEST, manifest);
        return entries.size();
    }

    private byte[] manifest(String jobId, String prefix) throws IOException {
        try {
            return store.get(ObjectKey.of(prefix + MANIFEST), MAX_MANIFEST_BYTES);
        } catch (ObjectNotFoundException e) {
            throw new CommandFailure(
                    "Job " + jobId + " has no complete samples: there is no manifest. 'lensmill jobs' tells how it is.",
                    e);
        }
    }

    private static Map<String, String> hashes(byte[] manifest) throws IOException {
        Map<String, String> hashes = new HashMap<>();
        for (JsonNode batch :
                BoundedJson.tree("manifest.json of the samples", manifest).path("batches")) {
            hashes.put(batch.path("array").asText(), batch.path("sha256").asText());
        }
        return hashes;
    }

    private byte[] checked(ObjectKey key, String sha256) throws IOException {
        byte[] content = store.get(key, MAX_FILE_BYTES);
        if (sha256 != null && !Sha256.hex(content).equals(sha256)) {
            throw new CommandFailure(key + " has another SHA-256 than its manifest says: it was changed or damaged.");
        }
        return content;
    }

    /** Keys come from a store: nothing is written beside the folder. */
    private static void write(Path folder, String name, byte[] content) throws IOException {
        Path target = folder.resolve(name).normalize();
        if (!target.startsWith(folder.normalize())) {
            throw new CommandFailure("The object '" + name + "' would not lie in " + folder + ".");
        }
        Files.createDirectories(target.getParent());
        Files.write(target, content);
    }
}
