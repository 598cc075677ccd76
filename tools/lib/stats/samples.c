/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/samples.h"

#include "stats/sort.h"

#include <math.h>

static int check(const double *values, size_t count, struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        double magnitude = fabs(values[i]);
        if (!isfinite(values[i]))
            return error_set(error, ERROR_CONTENT, "sample %zu is %s; expected a number", i,
                isnan(values[i]) ? "not a number" : "infinite");
        if (magnitude > SAMPLES_LARGEST || (magnitude < SAMPLES_SMALLEST && magnitude > 0))
            return error_set(error, ERROR_CONTENT,
                "sample %zu is %g; expected 0 or a magnitude from %g to %g", i, values[i],
                SAMPLES_SMALLEST, SAMPLES_LARGEST);
    }
    return 0;
}

int samples_prepare(struct samples *out, const double *values, size_t count, struct arena *arena,
    struct error *error)
{
    if (check(values, count, error))
        return -1;
    double *sorted = arena_take(arena, count * sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = values[i] + 0.0; /* one zero, not two */
    sort_numbers(sorted, count, arena);
    *out = (struct samples){values, sorted, count};
    return 0;
}

void samples_logs(struct samples *out, const struct samples *samples, struct arena *arena)
{
    double *logs = arena_take(arena, samples->count * sizeof *logs);
    double last = -INFINITY;
    for (size_t i = 0; i < samples->count; i++) {
        /* Two neighbours may swap by a rounding of log(); they are the same number then. */
        last = fmax(last, log(samples->sorted[i]));
        logs[i] = last;
    }
    *out = (struct samples){logs, logs, samples->count};
}
