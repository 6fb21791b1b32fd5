package io.lensmill.imaging.fitting;

/** Whether a fit is to be trusted, and what speaks against it. */
public enum FitStatus {
    /** The smooth lens describes the image down to its noise. */
    OK,
    /** More is left than noise: substructure, light of the lens, a neighbour, or another kind of object. */
    POOR,
    /** A parameter ended at the limit of what is searched. */
    AT_LIMIT,
    /** The light reaches the edge of the image. */
    CUT_OFF,
    /** The search did not come to an end. */
    NOT_CONVERGED,
    /** There is nothing above the noise. */
    NO_LIGHT
}
