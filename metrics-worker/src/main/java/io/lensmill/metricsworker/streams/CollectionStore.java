package io.lensmill.metricsworker.streams;

import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metrics.realism.EmbeddingSettings;
import io.lensmill.metrics.realism.RowBlock;
import io.lensmill.metricsworker.collection.CollectionKey;
import io.lensmill.metricsworker.collection.CollectionPartial;
import io.lensmill.metricsworker.collection.CollectionSpan;
import io.lensmill.metricsworker.collection.CollectionTally;
import io.lensmill.metricsworker.collection.TimeSlices;
import io.lensmill.metricsworker.report.CollectionSnapshot;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The collections of one task, each whole and in the slices of the last hour: what is stored, and of those in use a
 * folded copy in memory. Every change is written at once, as the few kilobytes that it is; the large matrices are
 * written only every so many rows, and are brought up to date from the rows in between when a span is read again.
 */
final class CollectionStore {

    private final CollectionEntries entries;
    private final EmbeddingSettings ofAll;
    private final EmbeddingSettings ofSlices;
    private final int foldRows;
    private final Map<CollectionSpan, CollectionHeader> headers;
    /** Slices of the last hour by collection, ascending; every one has a header. */
    private final Map<CollectionKey, NavigableSet<Long>> slices = new HashMap<>();

    private final Map<CollectionSpan, Folded> inMemory;
    // Distinguishes what this object read from what another one read, after a transaction that was rolled back.
    private final String reading = UUID.randomUUID().toString();

    CollectionStore(CollectionEntries entries, TopologySettings settings) {
        this.entries = entries;
        this.ofAll = settings.report().embeddings();
        this.ofSlices = settings.report().embeddingsOfSlices();
        this.foldRows = settings.foldRows();
        this.headers = entries.headers();
        headers.keySet().stream().filter(span -> !span.isAll()).forEach(this::remember);
        this.inMemory = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<CollectionSpan, Folded> eldest) {
                return size() > settings.collectionsInMemory();
            }
        };
    }

    /** A span in memory. Without embeddings before the first, and for ever once extractors were mixed. */
    private static final class Folded {
        final CollectionTally tally;
        EmbeddingAccumulator embeddings;

        Folded(CollectionTally tally) {
            this.tally = tally;
        }

        boolean isMixed() {
            return tally.extractors().size() > 1;
        }
    }

    /** The collections that were ever seen. */
    Stream<CollectionKey> keys() {
        return headers.keySet().stream().filter(CollectionSpan::isAll).map(CollectionSpan::key);
    }

    /** Of the whole collection; null when it was never seen. */
    CollectionHeader header(CollectionKey key) {
        return headers.get(CollectionSpan.all(key));
    }

    void save(CollectionKey key) {
        entries.putHeader(CollectionSpan.all(key), header(key));
    }

    /**
     * Adds to the whole and, where it lies within the last hour, to its slice. What was counted before a reset that has
     * been seen here is left out; what was counted after one that has not brings the reset along.
     */
    void add(CollectionPartial partial, long now) {
        CollectionKey key = partial.key();
        CollectionHeader whole = headers.computeIfAbsent(CollectionSpan.all(key), span -> new CollectionHeader());
        if (partial.generation() < whole.generation) {
            return;
        }
        if (partial.generation() > whole.generation) {
            begin(key, partial.generation());
        }
        add(partial, CollectionSpan.all(key));
        if (TimeSlices.inWindow(partial.slice(), now)) {
            CollectionSpan slice = new CollectionSpan(key, partial.slice());
            remember(slice);
            add(partial, slice);
        }
    }

    /** Forgets what was counted and begins the generation, unless it, or a later one, has begun. */
    void begin(CollectionKey key, long generation) {
        CollectionHeader whole = header(key);
        if (whole.generation >= generation) {
            return;
        }
        slices(key).forEach(this::forget);
        CollectionSpan all = CollectionSpan.all(key);
        inMemory.remove(all);
        forgetEmbeddings(all, whole);
        whole.generation = generation;
        whole.reference = "";
        whole.version++;
        entries.deleteTally(all);
        entries.putHeader(all, whole);
    }

    /** Forgets slices that the last hour has left behind. */
    void forgetOldSlices(long now) {
        long oldest = TimeSlices.oldest(now);
        List<CollectionSpan> old = slices.keySet().stream()
                .flatMap(key -> slices(key).stream())
                .filter(span -> span.slice() < oldest)
                .toList();
        old.forEach(this::forget);
    }

    private void remember(CollectionSpan slice) {
        slices.computeIfAbsent(slice.key(), key -> new TreeSet<>()).add(slice.slice());
    }

    private List<CollectionSpan> slices(CollectionKey key) {
        return slices.getOrDefault(key, Collections.emptyNavigableSet()).stream()
                .map(slice -> new CollectionSpan(key, slice))
                .toList();
    }

    private void forget(CollectionSpan span) {
        CollectionHeader header = headers.remove(span);
        inMemory.remove(span);
        NavigableSet<Long> left = slices.get(span.key());
        left.remove(span.slice());
        if (left.isEmpty()) {
            slices.remove(span.key());
        }
        forgetEmbeddings(span, header);
        entries.deleteTally(span);
        entries.deleteHeader(span);
    }

    private void add(CollectionPartial partial, CollectionSpan span) {
        CollectionHeader header = headers.computeIfAbsent(span, s -> new CollectionHeader());
        Folded folded = folded(span, header);
        folded.tally.merge(partial.tally());
        if (folded.isMixed()) {
            folded.embeddings = null;
            forgetEmbeddings(span, header);
        } else if (!partial.rows().isEmpty()) {
            addRows(partial.rows(), span, header, folded);
        }
        var references = folded.tally.references();
        header.reference = references.size() == 1 ? references.first() : "";
        header.version++;
        entries.putTally(span, folded.tally.toBytes());
        entries.putHeader(span, header);
    }

    private void addRows(List<EmbeddingRow> rows, CollectionSpan span, CollectionHeader header, Folded folded) {
        addTo(folded, rows, settings(span));
        entries.putBlock(span, header.nextBlock++, RowBlock.toBytes(rows));
        header.waitingRows += rows.size();
        if (header.waitingRows >= foldRows) {
            int before = header.pieces;
            header.pieces = entries.putFolded(span, folded.embeddings.toBytes());
            entries.deleteFolded(span, header.pieces, before);
            forgetBlocks(span, header);
        }
    }

    private EmbeddingSettings settings(CollectionSpan span) {
        return span.isAll() ? ofAll : ofSlices;
    }

    private static void addTo(Folded folded, List<EmbeddingRow> rows, EmbeddingSettings settings) {
        for (EmbeddingRow row : rows) {
            if (folded.embeddings == null) {
                folded.embeddings = new EmbeddingAccumulator(settings, row.values().length);
            }
            folded.embeddings.add(row);
        }
    }

    private void forgetEmbeddings(CollectionSpan span, CollectionHeader header) {
        entries.deleteFolded(span, 0, header.pieces);
        header.pieces = 0;
        forgetBlocks(span, header);
    }

    private void forgetBlocks(CollectionSpan span, CollectionHeader header) {
        entries.deleteBlocks(span, header.firstBlock, header.nextBlock);
        header.firstBlock = header.nextBlock;
        header.waitingRows = 0;
    }

    private Folded folded(CollectionSpan span, CollectionHeader header) {
        Folded present = inMemory.get(span);
        if (present == null) {
            present = read(span, header);
            inMemory.put(span, present);
        }
        return present;
    }

    private Folded read(CollectionSpan span, CollectionHeader header) {
        byte[] tally = entries.tally(span);
        Folded folded = new Folded(tally == null ? new CollectionTally() : CollectionTally.fromBytes(tally));
        if (header.pieces > 0) {
            folded.embeddings = EmbeddingAccumulator.fromBytes(entries.folded(span, header.pieces), settings(span));
        }
        for (int number = header.firstBlock; number < header.nextBlock; number++) {
            addTo(folded, RowBlock.fromBytes(entries.block(span, number)), settings(span));
        }
        return folded;
    }

    /** The whole collection, independent of what happens next; empty when it was never seen. */
    Optional<CollectionSnapshot> snapshot(CollectionKey key) {
        CollectionSpan all = CollectionSpan.all(key);
        CollectionHeader header = headers.get(all);
        if (header == null) {
            return Optional.empty();
        }
        Folded folded = folded(all, header);
        return Optional.of(new CollectionSnapshot(
                key,
                key.text() + "#" + header.version + "@" + reading,
                CollectionTally.fromBytes(folded.tally.toBytes()),
                Optional.ofNullable(folded.embeddings).map(EmbeddingAccumulator::copy)));
    }

    /** The slices of the last hour put together; empty when there are none. */
    Optional<CollectionSnapshot> lastHour(CollectionKey key) {
        List<CollectionSpan> slices = slices(key);
        if (slices.isEmpty()) {
            return Optional.empty();
        }
        Folded hour = new Folded(new CollectionTally());
        boolean mixed = false;
        for (CollectionSpan slice : slices) {
            Folded folded = folded(slice, headers.get(slice));
            hour.tally.merge(folded.tally);
            mixed |= hour.isMixed();
            if (!mixed && folded.embeddings != null) {
                unite(hour, folded.embeddings);
            }
        }
        return Optional.of(new CollectionSnapshot(
                key,
                key.text() + "#last-hour-" + hourVersion(key) + "@" + reading,
                hour.tally,
                mixed ? Optional.empty() : Optional.ofNullable(hour.embeddings)));
    }

    private static void unite(Folded hour, EmbeddingAccumulator slice) {
        if (hour.embeddings == null) {
            hour.embeddings = slice.copy();
        } else {
            hour.embeddings.merge(slice);
        }
    }

    /** Changes when a slice of the last hour grows, comes or goes; 0: there is none. */
    long hourVersion(CollectionKey key) {
        long version = 0;
        for (CollectionSpan slice : slices(key)) {
            version = (31 * version + slice.slice()) * 31 + headers.get(slice).version;
        }
        return version;
    }
}
