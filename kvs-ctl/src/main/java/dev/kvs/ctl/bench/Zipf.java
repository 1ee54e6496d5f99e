package dev.kvs.ctl.bench;

import java.util.random.RandomGenerator;

/**
 * A few keys very often and most seldom: the k-th most popular of n keys in proportion to 1/k^s. Key 0 is the most
 * popular one.
 *
 * <p>Rejection-inversion after Hörmann and Derflinger, "Rejection-inversion to generate variates from monotone discrete
 * distributions" (1996): no table, constant time, about 1.1 draws for a number. H below is the integral of x^-s, and the
 * histogram of the distribution is inverted through it.
 */
public final class Zipf implements KeyChoice {
    /** The exponent of the Yahoo! Cloud Serving Benchmark, so that figures can be compared with others'. */
    public static final double EXPONENT = 0.99;

    private final int keys;
    private final double oneMinusS = 1 - EXPONENT;
    private final double top;
    private final double bottom;
    private final double shortcut;

    /** A choice among so many keys, at least 1. */
    public Zipf(int keys) {
        this.keys = keys;
        this.top = integral(1.5) - 1;
        this.bottom = integral(keys + 0.5);
        this.shortcut = 2 - inverse(integral(2.5) - density(2));
    }

    @Override
    public int next(RandomGenerator random) {
        while (true) {
            double u = bottom + random.nextDouble() * (top - bottom);
            double x = inverse(u);
            int k = Math.clamp(Math.round(x), 1, keys);
            if (k - x <= shortcut || u >= integral(k + 0.5) - density(k)) {
                return k - 1;
            }
        }
    }

    private double density(double x) {
        return Math.pow(x, -EXPONENT);
    }

    private double integral(double x) {
        return (Math.pow(x, oneMinusS) - 1) / oneMinusS;
    }

    private double inverse(double y) {
        return Math.pow(Math.max(0, 1 + y * oneMinusS), 1 / oneMinusS);
    }
}
