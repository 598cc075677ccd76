/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/needed.h"

#include "stats/distribution.h"

#include <math.h>
#include <stdbool.h>

enum { BISECTIONS = 100 };

/* The largest standard error at which the interval still lies inside with the power. */
static double error_inside(const struct needed_question *question)
{
    double below = question->estimate - question->low, above = question->high - question->estimate;
    double z = normal_critical(2 * question->equivalence);
    double low = 0, high = fmin(below, above) / z;
    for (int i = 0; i < BISECTIONS; i++) {
        double error = low + (high - low) / 2;
        double misses = normal_upper(below / error - z) + normal_upper(above / error - z);
        if (1 - misses >= NEEDED_POWER)
            low = error;
        else
            high = error;
    }
    return low;
}

static double error_outside(const struct needed_question *question)
{
    double distance = fmax(question->low - question->estimate, question->estimate - question->high);
    return distance / (normal_critical(question->alpha) + normal_quantile(NEEDED_POWER));
}

double needed_count(const struct needed_question *question, double most)
{
    if (!(question->low < question->high) || isnan(question->estimate))
        return NAN;
    bool inside = question->estimate >= question->low && question->estimate <= question->high;
    double error = inside ? error_inside(question) : error_outside(question);
    double ratio = question->error / error;
    double count = ceil(question->count * ratio * ratio);
    return count <= most ? fmax(count, 1) : NAN;
}
