/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/distribution.h"

#define MATHLIB_STANDALONE
#include <Rmath.h>

#include <float.h>
#include <math.h>
#include <stdbool.h>

/* libRmath prints when it meets a NaN or a parameter out of range, so each call is guarded. */

enum { NEWTON_STEPS = 60 };

double p_value(double probability)
{
    if (isnan(probability))
        return NAN;
    return probability < DBL_MIN ? DBL_MIN : probability > 1 ? 1 : probability;
}

double normal_upper(double z)
{
    return 0.5 * erfc(z * M_SQRT1_2);
}

double normal_two_sided(double z)
{
    return erfc(fabs(z) * M_SQRT1_2);
}

double normal_quantile(double p)
{
    return p > 0 && p < 1 ? qnorm(p, 0, 1, 1, 0) : NAN;
}

double normal_critical(double p)
{
    return p > 0 && p <= 1 ? qnorm(p / 2, 0, 1, 0, 0) : NAN;
}

double student_two_sided(double t, double degrees)
{
    if (isnan(t) || !(degrees > 0))
        return NAN;
    if (isinf(degrees))
        return normal_two_sided(t);
    return fmin(1, 2 * pt(fabs(t), degrees, 0, 0));
}

double student_critical(double p, double degrees)
{
    if (!(p > 0 && p <= 1) || !(degrees > 0))
        return NAN;
    return isinf(degrees) ? normal_critical(p) : qt(p / 2, degrees, 0, 0);
}

double fisher_upper(double f, double degrees1, double degrees2)
{
    return f >= 0 && degrees1 > 0 && degrees2 > 0 ? pf(f, degrees1, degrees2, 0, 0) : NAN;
}

double chi_square_upper(double x, double degrees)
{
    return x >= 0 && degrees > 0 ? pchisq(x, degrees, 0, 0) : NAN;
}

double coin_lower(double k, size_t n)
{
    return isnan(k) ? NAN : pbinom(k, (double)n, 0.5, 1, 0);
}

size_t coin_quantile(double p, size_t n)
{
    if (!(p > 0))
        return 0;
    return p < 1 ? (size_t)qbinom(p, (double)n, 0.5, 1, 0) : n;
}

static bool is_share(double p)
{
    return p >= 0 && p <= 1;
}

double binomial_lower(double k, size_t n, double p)
{
    return !isnan(k) && is_share(p) ? pbinom(k, (double)n, p, 1, 0) : NAN;
}

size_t binomial_quantile(double q, size_t n, double p)
{
    if (!(q > 0) || !is_share(p))
        return 0;
    return q < 1 ? (size_t)qbinom(q, (double)n, p, 1, 0) : n;
}

double chi_square_quantile(double p, double degrees)
{
    return is_share(p) && degrees > 0 ? qchisq(p, degrees, 1, 0) : NAN;
}

double beta_quantile(double p, double a, double b)
{
    return is_share(p) && a > 0 && b > 0 ? qbeta(p, a, b, 1, 0) : NAN;
}

double choose_log(double n, double k)
{
    return n >= k && k >= 0 ? lchoose(n, k) : NAN;
}

double log_gamma_slope(double x)
{
    return x > 0 ? digamma(x) : NAN;
}

double log_gamma_curvature(double x)
{
    return x > 0 ? trigamma(x) : NAN;
}

/* Newton on 1/trigamma, which is convex and nearly linear, from below: it never overshoots. */
double log_gamma_curvature_inverse(double y)
{
    if (!(y > 0))
        return NAN;
    double x = 0.5 + 1 / y;
    for (int step = 0; step < NEWTON_STEPS; step++) {
        double at = trigamma(x), move = at * (1 - at / y) / tetragamma(x);
        x += move;
        if (fabs(move) <= 4 * DBL_EPSILON * x)
            break;
    }
    return x;
}
