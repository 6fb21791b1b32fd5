package io.lensmill.storage;

/** What is asked of a store. */
public enum StoreOperation {
    GET,
    PUT,
    FIND,
    LIST,
    DELETE,
    /** Looks for the bucket and makes it. */
    CONNECT
}
