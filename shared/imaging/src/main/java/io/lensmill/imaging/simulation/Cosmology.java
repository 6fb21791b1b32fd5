package io.lensmill.imaging.simulation;

/**
 * Turns masses into Einstein radii as DeepLenseSim does: flat ΛCDM, H0 = 70 km/s/Mpc, Ωm = 0.3, lens at z = 0.5, source
 * at z = 1.
 *
 * <p>DeepLenseSim puts <em>luminosity</em> distances, and D_LS = D_S - D_L, where lensing asks for angular diameter
 * distances. That is kept on purpose: simulated images are to be comparable with the public sets, whose masses are
 * labels within that convention.
 */
public final class Cosmology {

    private static final double H0 = 70;
    private static final double OMEGA_M = 0.3;
    private static final double LIGHT_M_PER_S = 299_792_458;
    private static final double GRAVITY = 6.6743e-11;
    private static final double SUN_KG = 1.98840987e30;
    private static final double MEGAPARSEC_M = 3.085677581491367e22;
    private static final double ARCSEC_PER_RADIAN = 206_265;
    private static final double Z_LENS = 0.5;
    private static final double Z_SOURCE = 1;

    /** Einstein radius of one solar mass, in arcsec. */
    private static final double UNIT_RADIUS = unitRadius();

    private Cosmology() {}

    /**
     * θ_E = sqrt(4 G M / c² · D_LS / (D_L D_S)) (Schneider, Ehlers and Falco 1992), with the distances above.
     *
     * @param solarMasses mass, at least 0
     * @return Einstein radius in arcsec
     */
    public static double einsteinRadius(double solarMasses) {
        return UNIT_RADIUS * StrictMath.sqrt(solarMasses);
    }

    /**
     * The mass whose Einstein radius this is.
     *
     * @param einsteinRadius in arcsec
     * @return solar masses
     */
    public static double mass(double einsteinRadius) {
        double ratio = einsteinRadius / UNIT_RADIUS;
        return ratio * ratio;
    }

    private static double unitRadius() {
        double lens = luminosityDistance(Z_LENS);
        double source = luminosityDistance(Z_SOURCE);
        double perMetre = 4 * GRAVITY * SUN_KG / (LIGHT_M_PER_S * LIGHT_M_PER_S);
        return ARCSEC_PER_RADIAN * StrictMath.sqrt(perMetre * (source - lens) / (lens * source * MEGAPARSEC_M));
    }

    /** (1 + z) c / H0 ∫ dz / sqrt(Ωm (1 + z)³ + 1 - Ωm), in Mpc; Simpson's rule, 1,000 steps. */
    private static double luminosityDistance(double redshift) {
        int steps = 1000;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            double expansion = 1 + redshift * i / steps;
            sum += weight / StrictMath.sqrt(OMEGA_M * expansion * expansion * expansion + 1 - OMEGA_M);
        }
        double comoving = LIGHT_M_PER_S / 1000 / H0 * sum * redshift / steps / 3;
        return (1 + redshift) * comoving;
    }
}
