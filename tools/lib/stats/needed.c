/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/needed.h"

#include "stats/distribution.h"

#include <math.h>

/* The chance when the true shift is normal about `shift` with the error `known`: the next estimate
 * is as far from it as both errors make it. */
static double chance_about(
    const struct needed_question *question, double count, double shift, double known)
{
    double error = question->error * sqrt(question->count / count);
    double apart = hypot(known, error);
    double clear = normal_critical(question->alpha) * error;
    double inside = normal_critical(2 * question->equivalence) * error;
    double above = normal_upper((question->high + clear - shift) / apart);
    double below = normal_upper((shift - question->low + clear) / apart);
    double within = normal_upper((question->low + inside - shift) / apart) -
                    normal_upper((question->high - inside - shift) / apart);
    return above + below + fmax(0, within);
}

double needed_chance(const struct needed_question *question, double count)
{
    double unchanged = question->unchanged;
    double chance = chance_about(question, count, question->estimate, question->error);
    return unchanged > 0
               ? unchanged * chance_about(question, count, 0, 0) + (1 - unchanged) * chance
               : chance;
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
