package io.lensmill.upgrade;

import io.lensmill.contracts.Topic;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What stood on the topics when the old version was stopped, as its own classes read it. */
final class Inventory {

    private final Properties entries = new Properties();

    private Inventory() {}

    static Inventory read(Path file) throws IOException {
        Inventory inventory = new Inventory();
        try (Reader reader = Files.newBufferedReader(file)) {
            inventory.entries.load(reader);
        }
        return inventory;
    }

    /** Number of messages. */
    int records(Topic topic) {
        return (int) number("records." + topic.name());
    }

    /** Step of the job's last event. */
    long step(String jobId) {
        return number("job." + jobId + ".step");
    }

    long totalSteps(String jobId) {
        return number("job." + jobId + ".totalSteps");
    }

    /** Key to SHA-256 of the arrays that the generation had announced. */
    Map<String, String> arrays(String jobId) {
        String prefix = "array.";
        Map<String, String> arrays = new TreeMap<>();
        for (String name : entries.stringPropertyNames()) {
            if (name.startsWith(prefix + "samples/" + jobId + "/")) {
                arrays.put(name.substring(prefix.length()), entries.getProperty(name));
            }
        }
        return arrays;
    }

    /**
     * A number of the last report of a collection.
     *
     * @param figure one of sequence, received, counted, duplicates, labelled, lateLabels
     */
    long reported(String collection, String figure) {
        return number("collection." + collection + "." + figure);
    }

    private long number(String name) {
        String text = entries.getProperty(name);
        if (text == null) {
            throw new IllegalArgumentException("The inventory has no '" + name + "'; it has " + entries.keySet());
        }
        return Long.parseLong(text);
    }
}
