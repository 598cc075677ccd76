/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/welch.h"

#include "stats/distribution.h"
#include "stats/moments.h"

struct estimate estimate_of(double n, double mean, double sd)
{
    return (struct estimate){mean, 0, n >= 2 ? sd * sd / n : NAN, n - 1};
}

struct estimate estimate_of_samples(const struct samples *samples)
{
    struct moments moments = moments_of(samples);
    struct center center = moments_center(samples);
    struct estimate estimate = estimate_of((double)samples->count, moments.mean, moments.sd);
    estimate.rest = center.rest - (moments.mean - center.offset);
    return estimate;
}

struct welch welch(struct estimate base, struct estimate head)
{
    struct welch test = {(head.mean - base.mean) + (head.rest - base.rest), NAN, NAN, NAN, NAN};
    double a = base.variance, b = head.variance, both = a + b;
    test.error = sqrt(both);
    if (!(both > 0))
        return test;
    /* As shares of the sum, so that tiny variances do not vanish when squared. */
    a /= both;
    b /= both;
    test.degrees = 1 / (a * a / base.degrees + b * b / head.degrees);
    test.t = test.difference / test.error;
    test.p = p_value(student_two_sided(test.t, test.degrees));
    return test;
}

struct interval welch_interval(const struct welch *welch, double confidence)
{
    double half = student_critical(1 - confidence, welch->degrees) * welch->error;
    if (isnan(half))
        return interval_none();
    return (struct interval){welch->difference - half, welch->difference + half, confidence};
}
