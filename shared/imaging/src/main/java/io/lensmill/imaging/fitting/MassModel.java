package io.lensmill.imaging.fitting;

import java.util.Locale;

/** The galaxy that bends the light. */
public enum MassModel {
    /** Singular isothermal sphere. */
    SIS,
    /** Singular isothermal ellipsoid. */
    SIE;

    /** As files and the command line say it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
