package io.lensmill.jobs;

import io.lensmill.contracts.RefusalCode;
import io.lensmill.contracts.RefusedException;
import io.lensmill.storage.ObjectRefusedException;

/** What a store's answer about an object means for the message that named it, in the words of that message. */
public final class ObjectRefusals {

    private ObjectRefusals() {}

    /**
     * @param subject what the sender calls the object: "objectKey 'a/b.npy'"
     * @param maxBytes most that would have been read
     */
    public static RefusedException of(ObjectRefusedException answer, String subject, long maxBytes) {
        String sentence =
                switch (Failure.codeOf(answer)) {
                    case OBJECT_NOT_FOUND -> "Nothing stands under the " + subject + ".";
                    case TOO_LARGE -> "The object under the " + subject + " has more than " + maxBytes + " bytes.";
                    case INVALID_PARAMETER ->
                        "Nothing can stand under the " + subject + ": " + answer.getMessage() + ".";
                    default -> "The object under the " + subject + " cannot be read: " + answer.getMessage() + ".";
                };
        return refused(Failure.codeOf(answer), sentence, answer);
    }

    /** For an object that no field of the message names: the store's own words say which. */
    public static RefusedException of(ObjectRefusedException answer) {
        return refused(Failure.codeOf(answer), answer.getMessage() + ".", answer);
    }

    private static RefusedException refused(RefusalCode code, String reason, ObjectRefusedException cause) {
        return new RefusedException(code, reason, cause);
    }
}
