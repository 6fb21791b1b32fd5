package io.lensmill.storage;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the error answers of S3 stores mean. Codes are those of the
 * <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3 API</a>, and of MinIO, Ceph and AWS
 * KMS, whose codes S3 passes on.
 */
final class StoreAnswers {

    /** What an answer is about. */
    enum Meaning {
        /** The object does not exist. */
        MISSING,
        /** No object can have this key. */
        KEY,
        /** The object is larger than the store takes. */
        TOO_LARGE,
        /** The object is not handed out. */
        WITHHELD,
        /** The store, the bucket, the account, or the moment: nothing is said of the object. */
        STORE
    }

    private static final Set<String> KEY = Set.of(
            "KeyTooLongError",
            "KeyTooLong",
            "XMinioInvalidObjectName",
            "XMinioObjectNameInvalid",
            "InvalidURI",
            "InvalidObjectName",
            "XMinioInvalidResourceName",
            "XMinioObjectExistsAsDirectory",
            "XMinioParentIsObject");

    private static final Set<String> TOO_LARGE = Set.of("EntityTooLarge");

    /**
     * Below status 500, and yet not about the object: the operator's to mend (bucket, account, clock, region), a store
     * that has no time, or a transfer that went wrong.
     */
    private static final Set<String> STORE = Set.of(
            "NoSuchBucket",
            "InvalidBucketName",
            "InvalidBucketState",
            "AllAccessDisabled",
            "AccountProblem",
            "AccountSuspended",
            "UserSuspended",
            "NotSignedUp",
            "InvalidPayer",
            "InvalidSecurity",
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "MissingSecurityHeader",
            "CredentialsNotSupported",
            "AuthFailure",
            "AuthorizationHeaderMalformed",
            "AuthorizationQueryParametersError",
            "RequestTimeTooSkewed",
            "RequestExpired",
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidToken",
            "InvalidTokenId",
            "TokenRefreshRequired",
            "UnrecognizedClientException",
            "OptInRequired",
            "PermanentRedirect",
            "TemporaryRedirect",
            "Redirect",
            "InvalidRegion",
            "IllegalLocationConstraintException",
            "QuotaExceeded",
            "XMinioAdminBucketQuotaExceeded",
            "RequestTimeout",
            "RequestError",
            "IncompleteBody",
            "BadDigest",
            "InvalidDigest",
            "XAmzContentSHA256Mismatch",
            "XAmzContentChecksumMismatch",
            "OperationAborted",
            "ConditionalRequestConflict",
            "ServiceUnavailable",
            "InternalError",
            "InternalFailure");

    /** SlowDown, SlowDownRead, Throttling, KMS.ThrottlingException, RequestLimitExceeded, KMS.DependencyTimeout … */
    private static final Pattern OF_THE_MOMENT =
            Pattern.compile("SlowDown|Throttl|LimitExceeded|TooManyRequests|DependencyTimeout|KMSInternal|Unavailable");

    private StoreAnswers() {}

    /**
     * Meaning of an answer to a request for an object.
     *
     * @param status of HTTP
     * @param code of S3, or "" when the answer has none
     */
    static Meaning toReading(int status, String code) {
        if (isOfTheStore(status, code)) {
            return Meaning.STORE;
        }
        Meaning meaning = ofTheKey(status, code);
        if (meaning != Meaning.STORE) {
            return meaning;
        }
        return status == 404 || code.equals("NoSuchKey") || code.equals("NoSuchVersion")
                ? Meaning.MISSING
                : Meaning.WITHHELD;
    }

    /**
     * Meaning of an answer to a request to write, delete or list. Keys that we write are our own, and so is the
     * account: what it is denied is the operator's to mend, and the work waits.
     */
    static Meaning toOther(int status, String code) {
        return isOfTheStore(status, code) ? Meaning.STORE : ofTheKey(status, code);
    }

    private static Meaning ofTheKey(int status, String code) {
        if (KEY.contains(code) || status == 414) {
            return Meaning.KEY;
        }
        return TOO_LARGE.contains(code) ? Meaning.TOO_LARGE : Meaning.STORE;
    }

    private static boolean isOfTheStore(int status, String code) {
        boolean notOfS3 = status < 400 || status >= 500;
        boolean later = status == 401 || status == 407 || status == 408 || status == 425 || status == 429;
        return notOfS3
                || later
                || status == 499
                || STORE.contains(code)
                || OF_THE_MOMENT.matcher(code).find();
    }
}
