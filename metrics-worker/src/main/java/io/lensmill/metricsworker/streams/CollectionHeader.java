package io.lensmill.metricsworker.streams;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;

/** A few numbers about a stored span of a collection: how far it is, how far its reports are, where its entries lie. */
final class CollectionHeader {

    private static final int VERSION = 2;

    /** Grows with every partial. */
    long version;
    /** Version that the last report told of; 0: none yet. */
    long reportedVersion;
    /** Version of the reference that the last report told of; 0: none was there. */
    long reportedReferenceVersion;
    /** Number of the last report. */
    long sequence;
    /** Generation of all that is stored, see CollectionMarks. */
    long generation;
    /** What the last report of the window told of; 0: there was none. Of the whole collection's header only. */
    long reportedWindow;
    /** Number of the last report of the window. */
    long windowSequence;
    /** Blocks of rows that are not in the folded state: [firstBlock, nextBlock). */
    int firstBlock;

    int nextBlock;
    /** Rows in these blocks. */
    int waitingRows;
    /** Pieces that the folded state is stored in. */
    int pieces;
    /** The one collection that this one names as its reference; empty when there is none or more than one. */
    String reference = "";

    byte[] toBytes() {
        return new StateWriter(VERSION)
                .count(version)
                .count(reportedVersion)
                .count(reportedReferenceVersion)
                .count(sequence)
                .count(generation)
                .whole(reportedWindow)
                .count(windowSequence)
                .count(firstBlock)
                .count(nextBlock)
                .count(waitingRows)
                .count(pieces)
                .text(reference)
                .toBytes();
    }

    static CollectionHeader fromBytes(byte[] state) {
        StateReader reader = new StateReader("a collection's header", state, VERSION);
        CollectionHeader header = new CollectionHeader();
        header.version = reader.count();
        header.reportedVersion = reader.count();
        header.reportedReferenceVersion = reader.count();
        header.sequence = reader.count();
        header.generation = reader.count();
        header.reportedWindow = reader.whole();
        header.windowSequence = reader.count();
        header.firstBlock = Math.toIntExact(reader.count());
        header.nextBlock = Math.toIntExact(reader.count());
        header.waitingRows = Math.toIntExact(reader.count());
        header.pieces = Math.toIntExact(reader.count());
        header.reference = reader.text();
        reader.end();
        return header;
    }
}
