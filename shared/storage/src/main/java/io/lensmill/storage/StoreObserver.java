package io.lensmill.storage;

/** Hears how the calls of a store end. Called on the caller's thread or one of the client's; must be quick and safe. */
public interface StoreObserver {

    /** Hears nothing. */
    StoreObserver NONE = new StoreObserver() {};

    /** How a call has ended. */
    enum Outcome {
        OK,
        /** Nothing stands under the key: often what the caller wanted to know. */
        MISSING,
        /** Another answer about the object, or about its key. */
        REFUSED,
        /** No answer of use; callers try again. */
        UNAVAILABLE;

        static Outcome of(ObjectStoreException failure) {
            if (failure instanceof StoreUnavailableException) {
                return UNAVAILABLE;
            }
            return failure instanceof ObjectNotFoundException ? MISSING : REFUSED;
        }
    }

    /** @param nanoseconds from the call to its end, with all repetitions */
    default void ended(StoreOperation operation, Outcome outcome, long nanoseconds) {}

    /** A request inside a call was not answered, or turned away by a busy store, and is sent again. */
    default void repeated() {}
}
