package io.lensmill.jobs;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.storage.ObjectKeyRefusedException;
import io.lensmill.storage.ObjectNotFoundException;
import io.lensmill.storage.ObjectRefusedException;
import io.lensmill.storage.ObjectTooLargeException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a failure means for the input that met it: the one question that every consumer, sender and store call asks.
 * There is no fourth answer, so nothing is tried for ever that will never work, and nothing is refused that is fine.
 */
public sealed interface Failure {

    /** The input cannot be worked on, now or later; its sender is told why. */
    record Refused(RefusedException reason) implements Failure {}

    /** A service is away or busy; the input is fine, and waits. */
    record TryAgain(Throwable cause) implements Failure {}

    /** A fault of this program. Another attempt may help, but not for ever: then the input goes, with the reason. */
    record Ours(Throwable cause) implements Failure {

        /** What the sender is told, after the last attempt. */
        public RefusedException reason() {
            return new RefusedException(
                    RefusalCode.INTERNAL_ERROR,
                    "This version of Lensmill cannot work on it; the fault is not the sender's: " + cause + ".",
                    cause);
        }
    }

    /** Attempts that are made before an input is given up for a fault of ours. */
    int ATTEMPTS_AT_OURS = 3;

    static Failure of(Throwable thrown) {
        if (thrown instanceof RefusedException reason) {
            return new Refused(reason);
        }
        if (thrown instanceof ObjectRefusedException answer) {
            return new Refused(ObjectRefusals.of(answer));
        }
        if (thrown instanceof UncheckedIOException wrapped) {
            return of(wrapped.getCause());
        }
        if (thrown instanceof IOException) {
            return new TryAgain(thrown);
        }
        return new Ours(thrown);
    }

    /** How a store's answer about one object is told to whoever named the object. */
    static RefusalCode codeOf(ObjectRefusedException answer) {
        if (answer instanceof ObjectNotFoundException) {
            return RefusalCode.OBJECT_NOT_FOUND;
        }
        if (answer instanceof ObjectTooLargeException) {
            return RefusalCode.TOO_LARGE;
        }
        return answer instanceof ObjectKeyRefusedException
                ? RefusalCode.INVALID_PARAMETER
                : RefusalCode.OBJECT_UNREADABLE;
    }
}
