package io.lensmill.metricsworker.streams;

import io.lensmill.metrics.state.StateReader;
import io.lensmill.metrics.state.StateWriter;
import io.lensmill.metricsworker.collection.CollectionOrder;

/** What every task of the second level is told, whichever models it has. */
sealed interface Notice {

    int VERSION = 1;

    byte[] toBytes();

    /** An order to a collection. */
    record Ordered(CollectionOrder order) implements Notice {

        @Override
        public byte[] toBytes() {
            return new StateWriter(VERSION).flag(true).bytes(order.toBytes()).toBytes();
        }
    }

    /** A generation into a collection has ended. */
    record Generated(String collection) implements Notice {

        @Override
        public byte[] toBytes() {
            return new StateWriter(VERSION).flag(false).text(collection).toBytes();
        }
    }

    static Notice fromBytes(byte[] state) {
        StateReader reader = new StateReader("a notice", state, VERSION);
        Notice notice =
                reader.flag() ? new Ordered(CollectionOrder.fromBytes(reader.bytes())) : new Generated(reader.text());
        reader.end();
        return notice;
    }
}
