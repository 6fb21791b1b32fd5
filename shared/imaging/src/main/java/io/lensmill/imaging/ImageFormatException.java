package io.lensmill.imaging;

/** A file that cannot be read as one grey image. Its message is written for the sender of the file. */
public final class ImageFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why the file was refused. The names agree with the refusal codes of the messages. */
    public enum Reason {
        /** No known format, or damaged: truncated, or a header that contradicts the content. */
        UNDECODABLE,
        /** Readable, but not one grey image of a supported number type. */
        WRONG_SHAPE,
        /** Holds NaN, infinity or values outside the range of float32. */
        NOT_FINITE,
        /** One value throughout, most pixels missing, or fewer than 8 pixels a side. */
        NO_INFORMATION,
        /** More bytes or pixels than the limits allow. */
        TOO_LARGE
    }

    private final Reason reason;

    public ImageFormatException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public ImageFormatException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public static ImageFormatException undecodable(String message) {
        return new ImageFormatException(Reason.UNDECODABLE, message);
    }

    public static ImageFormatException wrongShape(String message) {
        return new ImageFormatException(Reason.WRONG_SHAPE, message);
    }

    public static ImageFormatException notFinite(String message) {
        return new ImageFormatException(Reason.NOT_FINITE, message);
    }

    public static ImageFormatException noInformation(String message) {
        return new ImageFormatException(Reason.NO_INFORMATION, message);
    }

    public static ImageFormatException tooLarge(String message) {
        return new ImageFormatException(Reason.TOO_LARGE, message);
    }
}
