package io.lensmill.embedded.misbehaving;

/** What a store does to a request instead of answering it. */
public sealed interface Fault {

    /** Answers with an error as S3 does: XML with this code; without a body where the request is HEAD. */
    record Answer(int status, String code) implements Fault {}

    /** Answers with an HTML page, as a proxy does whose store is away. */
    record Page(int status) implements Fault {}

    /** Announces the whole object, sends so many bytes of it, and closes the connection. */
    record CutShort(int bytes) implements Fault {}

    /** Changes the byte in the middle, and names the SHA-256 of the true content as its checksum. */
    record Damaged() implements Fault {}

    /** Closes the connection without an answer. */
    record Dropped() implements Fault {}

    /** Takes and sends so many bytes a second. */
    record Slow(int bytesPerSecond) implements Fault {}

    /** No such object. */
    Fault MISSING = new Answer(404, "NoSuchKey");

    /** Also what AWS answers for a missing key when the account may not list. */
    Fault DENIED = new Answer(403, "AccessDenied");

    Fault ARCHIVED = new Answer(403, "InvalidObjectState");
    Fault KEY_TOO_LONG = new Answer(400, "KeyTooLongError");
    Fault KMS_DISABLED = new Answer(400, "KMS.DisabledException");
    Fault BUSY = new Answer(503, "SlowDown");
    Fault BAD_GATEWAY = new Page(502);
    Fault DAMAGED = new Damaged();
    Fault DROPPED = new Dropped();
}
