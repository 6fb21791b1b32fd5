package io.lensmill.contracts;

/** Why an input was refused. The name is written into the dead letter's reason-code header. */
public enum RefusalCode {
    /** The bytes are neither a known message nor a known image file. */
    UNDECODABLE,
    /** A field is missing, malformed or out of its range. */
    INVALID_PARAMETER,
    /** The image's dimensions or element type cannot be used. */
    WRONG_SHAPE,
    /** The image holds NaN or infinite values. */
    NOT_FINITE,
    /** The image carries no information: constant, almost all of it missing, or fewer than 8 pixels a side. */
    NO_INFORMATION,
    /** The message or the object it points to is larger than the limit. */
    TOO_LARGE,
    /** The label is no class of the model. */
    UNKNOWN_CLASS,
    /** No published model has this id. */
    UNKNOWN_MODEL,
    /** No dataset of this name, or it lacks what the job needs. */
    UNKNOWN_DATASET,
    /** No preset of this name. */
    UNKNOWN_PRESET,
    /** The object key points to nothing. */
    OBJECT_NOT_FOUND,
    /** The store has the object and does not hand it out whole: access denied, archived, cut short or damaged. */
    OBJECT_UNREADABLE,
    /** A job of this id was asked for before. */
    DUPLICATE_JOB,
    /** The collection was closed by message before this arrived. */
    COLLECTION_CLOSED,
    /** The fault is ours: the input may be fine, and this version cannot work on it. The log says more. */
    INTERNAL_ERROR
}
