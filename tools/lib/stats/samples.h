/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef STATS_SAMPLES_H
#define STATS_SAMPLES_H

#include "base/arena.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Samples that were looked through once: every number is finite and of a
 * magnitude whose square is a number too. All of stats/ takes them in this form,
 * so that no function needs to look again, and none can meet a NaN.
 *
 * Where the order does not matter, sums run over `sorted`: the answer is then
 * the same, to the last bit, in whatever order the samples came.
 */
struct samples {
    const double *values; /* in the order taken */
    const double *sorted; /* upward */
    size_t count;
};

#define SAMPLES_LARGEST  1e150
#define SAMPLES_SMALLEST 1e-130 /* zero itself is allowed */

/*
 * values is borrowed for as long as out is used; the sorted copy and the sort's
 * scratch (2 × count doubles) come from the arena. Fails (ERROR_CONTENT) at a
 * NaN, an infinity or a magnitude beyond the limits, with the index, from 0, in
 * the text. No samples at all are no error here.
 */
int samples_prepare(struct samples *out, const double *values, size_t count, struct arena *arena,
    struct error *error) MUST_USE;

static inline bool samples_positive(const struct samples *samples)
{
    return samples->count > 0 && samples->sorted[0] > 0;
}

static inline bool samples_constant(const struct samples *samples)
{
    return samples->count > 0 && samples->sorted[0] == samples->sorted[samples->count - 1];
}

/*
 * The natural logarithms, from the arena. They must be samples_positive. The
 * order taken is lost: `values` of the result is its `sorted`.
 */
void samples_logs(struct samples *out, const struct samples *samples, struct arena *arena);

#endif
