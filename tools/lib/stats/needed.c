/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/needed.h"

#include "stats/distribution.h"

#include <math.h>

/* The next estimate is as far from this one as both their errors make it. */
double needed_chance(const struct needed_question *question, double count)
{
    double error = question->error * sqrt(question->count / count);
    double apart = hypot(question->error, error);
    double clear = normal_critical(question->alpha) * error;
    double inside = normal_critical(2 * question->equivalence) * error;
    double above = normal_upper((question->high + clear - question->estimate) / apart);
    double below = normal_upper((question->estimate - question->low + clear) / apart);
    double within = normal_upper((question->low + inside - question->estimate) / apart) -
                    normal_upper((question->high - inside - question->estimate) / apart);
    return above + below + fmax(0, within);
}

double needed_count(const struct needed_question *question, double most)
{
    if (!(question->low < question->high) || isnan(question->estimate) || !(question->error > 0) ||
        !(needed_chance(question, most) >= NEEDED_POWER))
        return NAN;
    double low = 0, high = most;
    while (high - low > 1) {
        double middle = ceil(low + (high - low) / 2);
        if (middle >= high)
            break;
        if (needed_chance(question, middle) >= NEEDED_POWER)
            high = middle;
        else
            low = middle;
    }
    return high;
}
