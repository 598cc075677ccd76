/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "analysis/shared_runs.h"

#include <math.h>

struct run_agreement shared_runs_of_pairs(
    const struct pairing *pairing, enum scale scale, struct arena *scratch)
{
    struct run_difference *runs = arena_take(scratch, (pairing->count + 1) * sizeof *runs);
    double *differences = arena_take(scratch, (pairing->count + 1) * sizeof *differences);
    size_t count = 0;
    for (size_t i = 0; i < pairing->count; i++)
        differences[i] = scale == SCALE_LOG ? log(pairing->head[i] / pairing->base[i])
                                            : pairing->head[i] - pairing->base[i];
    for (size_t from = 0, end; from < pairing->count; from = end) {
        struct samples run;
        struct error never = ERROR_INIT; /* differences of checked samples */
        for (end = from + 1; end < pairing->count && pairing->runs[end] == pairing->runs[from];)
            end++;
        if (samples_prepare(&run, differences + from, end - from, scratch, &never) != 0)
            continue;
        struct run_summary summary = run_summary_of(&run);
        runs[count++] = (struct run_difference){
            summary.mean, 1 / summary.n, summary.n - 1, summary.n > 1 ? summary.sd : 0};
    }
    return run_agreement_of(runs, count);
}

/* The samples of the run with this key; NULL where it has none. */
static const struct samples *run_of(
    const struct side *side, const struct compare_input_side *input, uint64_t key)
{
    size_t index = 0;
    for (size_t i = 0; i < input->runs_count; i++) {
        if (input->runs[i].count == 0)
            continue;
        if (input->runs[i].key == key)
            return &side->runs[index];
        index++;
    }
    return NULL;
}

static struct run_difference difference_of(
    const struct samples *base, const struct samples *head, enum scale scale, struct arena *scratch)
{
    struct samples scaled_base = side_scaled(base, scale, scratch);
    struct samples scaled_head = side_scaled(head, scale, scratch);
    struct run_summary b = run_summary_of(&scaled_base), h = run_summary_of(&scaled_head);
    double degrees = b.n + h.n - 2;
    double squares =
        (b.n > 1 ? (b.n - 1) * b.sd * b.sd : 0) + (h.n > 1 ? (h.n - 1) * h.sd * h.sd : 0);
    return (struct run_difference){
        h.mean - b.mean, 1 / b.n + 1 / h.n, degrees, degrees > 0 ? sqrt(squares / degrees) : 0};
}

struct run_agreement shared_runs_of_sides(const struct compare_input *input,
    const struct side *base, const struct side *head, enum scale scale, struct arena *scratch)
{
    struct run_difference *runs = arena_take(scratch, (base->runs_count + 1) * sizeof *runs);
    size_t count = 0;
    for (size_t i = 0; i < input->base.runs_count; i++) {
        uint64_t key = input->base.runs[i].key;
        const struct samples *left = run_of(base, &input->base, key);
        const struct samples *right = run_of(head, &input->head, key);
        if (left && right)
            runs[count++] = difference_of(left, right, scale, scratch);
    }
    return run_agreement_of(runs, count);
}
