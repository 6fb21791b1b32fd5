package io.lensmill.metrics.streams;

import io.lensmill.metrics.collection.CollectionKey;
import io.lensmill.metrics.collection.CollectionPartial;
import io.lensmill.metrics.collection.CollectionTally;
import io.lensmill.metrics.realism.EmbeddingAccumulator;
import io.lensmill.metrics.realism.EmbeddingRow;
import io.lensmill.metrics.realism.EmbeddingSettings;
import io.lensmill.metrics.realism.RowBlock;
import io.lensmill.metrics.report.CollectionSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The collections of one task: what is stored, and of the collections in use a folded copy in memory. Every change is
 * written at once, as the few kilobytes that it is; the large matrices are written only every so many rows, and are
 * brought up to date from the rows in between when a collection is read again.
 */
final class CollectionStore {

    private final CollectionEntries entries;
    private final EmbeddingSettings settings;
    private final int foldRows;
    private final Map<CollectionKey, CollectionHeader> headers;
    private final Map<CollectionKey, Folded> inMemory;
    // Distinguishes what this object read from what another one read, after a transaction that was rolled back.
    private final String reading = UUID.randomUUID().toString();

    CollectionStore(CollectionEntries entries, TopologySettings settings) {
        this.entries = entries;
        this.settings = settings.report().embeddings();
        this.foldRows = settings.foldRows();
        this.headers = entries.headers();
        this.inMemory = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<CollectionKey, Folded> eldest) {
                return size() > settings.collectionsInMemory();
            }
        };
    }

    /** A collection in memory. Without embeddings before the first, and for ever once extractors were mixed. */
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

    Set<CollectionKey> keys() {
        return headers.keySet();
    }

    /** Null when the collection was never seen. */
    CollectionHeader header(CollectionKey key) {
        return headers.get(key);
    }

    void save(CollectionKey key) {
        entries.putHeader(key, headers.get(key));
    }

    void add(CollectionPartial partial) {
        CollectionKey key = partial.key();
        CollectionHeader header = headers.computeIfAbsent(key, k -> new CollectionHeader());
        Folded folded = folded(key, header);
        folded.tally.merge(partial.tally());
        if (folded.isMixed()) {
            forgetEmbeddings(key, header, folded);
        } else if (!partial.rows().isEmpty()) {
            addRows(partial, header, folded);
        }
        var references = folded.tally.references();
        header.reference = references.size() == 1 ? references.first() : "";
        header.version++;
        entries.putTally(key, folded.tally.toBytes());
        entries.putHeader(key, header);
    }

    private void addRows(CollectionPartial partial, CollectionHeader header, Folded folded) {
        CollectionKey key = partial.key();
        addTo(folded, partial.rows());
        entries.putBlock(key, header.nextBlock++, RowBlock.toBytes(partial.rows()));
        header.waitingRows += partial.rows().size();
        if (header.waitingRows >= foldRows) {
            int before = header.pieces;
            header.pieces = entries.putFolded(key, folded.embeddings.toBytes());
            entries.deleteFolded(key, header.pieces, before);
            forgetBlocks(key, header);
        }
    }

    private void addTo(Folded folded, Iterable<EmbeddingRow> rows) {
        for (EmbeddingRow row : rows) {
            if (folded.embeddings == null) {
                folded.embeddings = new EmbeddingAccumulator(settings, row.values().length);
            }
            folded.embeddings.add(row);
        }
    }

    private void forgetEmbeddings(CollectionKey key, CollectionHeader header, Folded folded) {
        folded.embeddings = null;
        entries.deleteFolded(key, 0, header.pieces);
        header.pieces = 0;
        forgetBlocks(key, header);
    }

    private void forgetBlocks(CollectionKey key, CollectionHeader header) {
        entries.deleteBlocks(key, header.firstBlock, header.nextBlock);
        header.firstBlock = header.nextBlock;
        header.waitingRows = 0;
    }

    private Folded folded(CollectionKey key, CollectionHeader header) {
        Folded present = inMemory.get(key);
        if (present == null) {
            present = read(key, header);
            inMemory.put(key, present);
        }
        return present;
    }

    private Folded read(CollectionKey key, CollectionHeader header) {
        byte[] tally = entries.tally(key);
        Folded folded = new Folded(tally == null ? new CollectionTally() : CollectionTally.fromBytes(tally));
        if (header.pieces > 0) {
            folded.embeddings = EmbeddingAccumulator.fromBytes(entries.folded(key, header.pieces), settings);
        }
        for (int number = header.firstBlock; number < header.nextBlock; number++) {
            addTo(folded, RowBlock.fromBytes(entries.block(key, number)));
        }
        return folded;
    }

    /** Independent of what happens next; empty when the collection was never seen. */
    Optional<CollectionSnapshot> snapshot(CollectionKey key) {
        CollectionHeader header = headers.get(key);
        if (header == null) {
            return Optional.empty();
        }
        Folded folded = folded(key, header);
        return Optional.of(new CollectionSnapshot(
                key,
                key.text() + "#" + header.version + "@" + reading,
                CollectionTally.fromBytes(folded.tally.toBytes()),
                Optional.ofNullable(folded.embeddings).map(EmbeddingAccumulator::copy)));
    }
}
