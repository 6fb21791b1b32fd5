package io.lensmill.imaging.fitting;

/**
 * Deflection of a singular isothermal ellipsoid (Kormann, Schneider and Bartelmann 1994, eq. 27a), with its
 * derivatives, ray by ray. With q = (1 - |e|) / (1 + |e|), F = 1 - q², ψ = sqrt(q² u² + v²) in the frame of the major
 * axis:
 *
 * <pre>
 * α_u = θ sqrt(q) g(u / ψ)      g(t) = arctan(sqrt(F) t) / sqrt(F)
 * α_v = θ sqrt(q) h(v / ψ)      h(t) = artanh(sqrt(F) t) / sqrt(F)
 * </pre>
 *
 * <p>Near a sphere F tends to 0, and g and h are their series.
 */
final class IsothermalDeflection {

    /** Below this F the series are exact to double precision for the derivatives too. */
    private static final double ROUND = 1e-4;

    /** The floor keeps the centre itself, where the direction is undefined, at zero deflection. */
    private static final double CENTRE = 1e-9;

    private final boolean sphere;
    private final double theta;
    private final double rootQ;
    private final double q;
    private final double squareF;
    private final double cos;
    private final double sin;
    private final double[] axisRatioByEllipticity = new double[2];
    private final double[] angleByEllipticity = new double[2];

    /** Deflections in arcsec. */
    double alphaX;

    double alphaY;

    /** Derivatives of both by θ. */
    double thetaX;

    double thetaY;

    /** Derivatives of both by the ray's x and y: xx, xy, yy (the matrix is symmetric). */
    double xx;

    double xy;
    double yy;

    /** Derivatives of both by the ellipticity's components. */
    final double[] ellipticityX = new double[2];

    final double[] ellipticityY = new double[2];

    /** An ellipsoid, whose derivatives by its ellipticity are worked out, or a sphere, for which they stay 0. */
    IsothermalDeflection(MassModel mass, double theta, double e1, double e2) {
        this.sphere = mass == MassModel.SIS;
        this.theta = theta;
        // A direction is needed even of a circle; so small an ellipticity bends no ray measurably.
        double modulus = Math.max(1e-6, Math.hypot(e1, e2));
        double angle = Math.atan2(e2, Math.hypot(e1, e2) == 0 ? 1 : e1) / 2;
        q = (1 - modulus) / (1 + modulus);
        rootQ = Math.sqrt(q);
        squareF = 1 - q * q;
        cos = Math.cos(angle);
        sin = Math.sin(angle);
        double byModulus = -2 / ((1 + modulus) * (1 + modulus));
        axisRatioByEllipticity[0] = byModulus * Math.cos(2 * angle);
        axisRatioByEllipticity[1] = byModulus * Math.sin(2 * angle);
        angleByEllipticity[0] = -Math.sin(2 * angle) / (2 * modulus);
        angleByEllipticity[1] = Math.cos(2 * angle) / (2 * modulus);
    }

    /**
     * Works out the deflection of one ray.
     *
     * @param x from the galaxy's centre, in arcsec
     * @param y from the galaxy's centre, in arcsec
     */
    void at(double x, double y) {
        if (sphere) {
            atSphere(x, y);
        } else {
            atEllipsoid(x, y);
        }
    }

    private void atSphere(double x, double y) {
        double r = Math.max(CENTRE, Math.sqrt(x * x + y * y));
        thetaX = x / r;
        thetaY = y / r;
        alphaX = theta * thetaX;
        alphaY = theta * thetaY;
        double bend = theta / r;
        xx = bend * thetaY * thetaY;
        xy = -bend * thetaX * thetaY;
        yy = bend * thetaX * thetaX;
    }

    private void atEllipsoid(double x, double y) {
        double u = cos * x + sin * y;
        double v = cos * y - sin * x;
        double psi = Math.max(CENTRE, Math.sqrt(q * q * u * u + v * v));
        double t = u / psi;
        double s = v / psi;
        double g = arctan(t);
        double h = artanh(s);
        double gByT = 1 / (1 + squareF * t * t);
        double hByS = 1 / (1 - squareF * s * s);
        double scale = theta * rootQ;
        double alongU = rootQ * g;
        double alongV = rootQ * h;
        // ψ by u, v and q.
        double psiU = q * q * u / psi;
        double psiV = v / psi;
        double psiQ = q * u * u / psi;
        double uu = scale * gByT * (1 - t * psiU) / psi;
        double uv = -scale * gByT * t * psiV / psi;
        double vv = scale * hByS * (1 - s * psiV) / psi;
        // F by q is -2q.
        double uByQ = theta * g / (2 * rootQ) + scale * (gByT * (-t * psiQ / psi) - 2 * q * arctanBySquareF(t, g));
        double vByQ = theta * h / (2 * rootQ) + scale * (hByS * (-s * psiQ / psi) - 2 * q * artanhBySquareF(s, h));
        thetaX = cos * alongU - sin * alongV;
        thetaY = sin * alongU + cos * alongV;
        alphaX = theta * thetaX;
        alphaY = theta * thetaY;
        xx = cos * cos * uu - 2 * cos * sin * uv + sin * sin * vv;
        yy = sin * sin * uu + 2 * cos * sin * uv + cos * cos * vv;
        xy = cos * sin * (uu - vv) + (cos * cos - sin * sin) * uv;
        // Turning the galaxy by dφ turns the deflection with it, and the ray against it.
        double angleX = -alphaY + xx * y - xy * x;
        double angleY = alphaX + xy * y - yy * x;
        double byQX = cos * uByQ - sin * vByQ;
        double byQY = sin * uByQ + cos * vByQ;
        for (int i = 0; i < 2; i++) {
            ellipticityX[i] = byQX * axisRatioByEllipticity[i] + angleX * angleByEllipticity[i];
            ellipticityY[i] = byQY * axisRatioByEllipticity[i] + angleY * angleByEllipticity[i];
        }
    }

    private double arctan(double t) {
        if (squareF < ROUND) {
            double f = squareF * t * t;
            return t * (1 - f / 3 + f * f / 5 - f * f * f / 7);
        }
        double root = Math.sqrt(squareF);
        return Math.atan(root * t) / root;
    }

    private double artanh(double t) {
        double f = squareF * t * t;
        if (squareF < ROUND) {
            return t * (1 + f / 3 + f * f / 5 + f * f * f / 7);
        }
        double root = Math.sqrt(squareF);
        return 0.5 * Math.log1p(2 * root * t / (1 - root * t)) / root;
    }

    private double arctanBySquareF(double t, double g) {
        if (squareF < ROUND) {
            return t * t * t * (-1.0 / 3 + 2 * squareF * t * t / 5);
        }
        return (t / (1 + squareF * t * t) - g) / (2 * squareF);
    }

    private double artanhBySquareF(double t, double h) {
        if (squareF < ROUND) {
            return t * t * t * (1.0 / 3 + 2 * squareF * t * t / 5);
        }
        return (t / (1 - squareF * t * t) - h) / (2 * squareF);
    }
}
