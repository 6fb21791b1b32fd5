package io.lensmill.metricsworker.streams;

import io.lensmill.contracts.RefusalCode;

/**
 * Counts what happens to classifications: received = counted + duplicates + refused. The counters follow the attempts
 * of this process. After an aborted transaction a record is handled, and counted here, again; the report's own counts
 * are part of the transaction and never are.
 */
public interface StreamAccounting {

    /** A record was read from the classifications topic. */
    void received();

    /** An image was seen for the first time under its model and collection. */
    void counted();

    /** An image was seen before; the record changes no metric. */
    void duplicate();

    /** A record went to the dead letters. Worth an alert: something sends what it should not. */
    void refused(RefusalCode reason);

    /** A report was sent. */
    void reported();
}
