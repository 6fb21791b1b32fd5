package io.lensmill.imaging.dataset;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.lensmill.imaging.simulation.LensClass;
import io.lensmill.reading.BoundedJson;
import io.lensmill.reading.UnreadableJsonException;
import io.lensmill.storage.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@code manifest.json} says about a dataset.
 *
 * @param format name and version of this form
 * @param name of the dataset
 * @param sha256 of the whole set, as {@link Dataset#sha256()}
 * @param classes class names in the order of the labels
 * @param counts images per folder
 * @param shapes number of images of each shape, "height x width"
 * @param files SHA-256 of each image file by its path
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Manifest(
        String format,
        String name,
        String sha256,
        List<String> classes,
        SortedMap<String, Long> counts,
        SortedMap<String, Long> shapes,
        SortedMap<String, String> files) {

    /** Name of the object below the dataset's prefix. */
    public static final String OBJECT = "manifest.json";

    private static final String FORMAT = "lensmill-dataset-1";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static Manifest of(String name, SortedMap<String, String> files, SortedMap<String, Long> shapes) {
        SortedMap<String, Long> counts = new TreeMap<>();
        for (String path : files.keySet()) {
            counts.merge(path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : ".", 1L, Long::sum);
        }
        return new Manifest(FORMAT, name, sha256(files), LensClass.labels(), counts, shapes, files);
    }

    /** SHA-256 over one line "path hash" for each file, in the order of the paths. */
    static String sha256(SortedMap<String, String> files) {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<String, String> file : files.entrySet()) {
            lines.append(file.getKey()).append(' ').append(file.getValue()).append('\n');
        }
        return Sha256.hex(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    byte[] toJson() throws IOException {
        return JSON.writeValueAsBytes(this);
    }

    /** @throws DatasetException NOT_AS_IN_MANIFEST when the bytes are no manifest, or contradict themselves */
    static Manifest parse(String dataset, byte[] json) throws DatasetException {
        try {
            Manifest manifest = BoundedJson.value(OBJECT, json, Manifest.class);
            if (manifest.files() != null && sha256(manifest.files()).equals(manifest.sha256())) {
                return manifest;
            }
        } catch (UnreadableJsonException e) {
            throw unreadable(dataset, e.getMessage(), e);
        }
        throw unreadable(dataset, "its sha256 is not that of its files", null);
    }

    /** @throws DatasetException NOT_AS_IN_MANIFEST when images are missing or there are others */
    void requireSameFiles(DatasetIndex index) throws DatasetException {
        List<String> present = index.files().stream().map(DatasetFile::path).toList();
        Set<String> missing = new TreeSet<>(files.keySet());
        present.forEach(missing::remove);
        // Versions that stored hidden files named them here; now they are passed over.
        missing.removeIf(SystemFiles::contain);
        if (!missing.isEmpty()) {
            throw differs(missing.size() + " images are missing, among them '"
                    + missing.iterator().next() + "'");
        }
        for (String path : present) {
            if (!files.containsKey(path)) {
                throw differs("'" + path + "' is not in the manifest");
            }
        }
    }

    /** @throws DatasetException NOT_AS_IN_MANIFEST when the image is another one */
    void requireSameContent(String path, String sha256) throws DatasetException {
        if (!sha256.equals(files.get(path))) {
            throw differs("'" + path + "' has another SHA-256");
        }
    }

    private DatasetException differs(String how) {
        return new DatasetException(
                DatasetException.Reason.NOT_AS_IN_MANIFEST,
                "The dataset '" + name + "' is not as its manifest.json says: " + how
                        + ". Upload it again, or delete the" + " manifest to use the images as they are.");
    }

    private static DatasetException unreadable(String dataset, String why, IOException cause) {
        return new DatasetException(
                DatasetException.Reason.NOT_AS_IN_MANIFEST,
                "manifest.json of the dataset '" + dataset + "' is damaged (" + why
                        + "). Upload the set again, or delete the manifest to use the images as they are.",
                cause);
    }
}
