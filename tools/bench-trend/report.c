/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report.h"

#include <math.h>
#include <stdlib.h>

/* What a reader has to see first. */
static int rank_of(const struct trend_series *series)
{
    static const int ranks[] = {[TREND_REGRESSED] = 0,
        [TREND_UNCONFIRMED] = 1,
        [TREND_DRIFTING] = 2,
        [TREND_CHANGED] = 6,
        [TREND_IMPROVED] = 7,
        [TREND_STABLE] = 8,
        [TREND_TOO_FEW_POINTS] = 9};
    int rank = ranks[series->verdict];
    return rank < 6 && !series->worse ? rank + 3 : rank;
}

const struct trend_change *last_change(const struct trend_series *series)
{
    for (size_t i = series->change_count; i-- > 0;)
        if (series->changes[i].direction != BETTER_NONE)
            return &series->changes[i];
    return NULL;
}

const struct trend_slope *last_slope(const struct trend_series *series)
{
    size_t i = series->slope_count - 1;
    while (i > 0 && fabs(series->slopes[i].per_point) *
                            (double)(series->slopes[i].to - series->slopes[i].from) <=
                        series->band)
        i--;
    return &series->slopes[i];
}

static double size_of(const struct trend_series *series)
{
    const struct trend_change *change = last_change(series);
    if (series->verdict == TREND_DRIFTING) {
        const struct trend_slope *slope = last_slope(series);
        return fabs(slope->per_point) * (double)(slope->to - slope->from);
    }
    if (!change)
        return 0;
    return isnan(change->ratio) ? fabs(change->shift / change->before) : fabs(log(change->ratio));
}

static int by_rank(const void *left, const void *right)
{
    const struct trend_series *a = *(const struct trend_series *const *)left;
    const struct trend_series *b = *(const struct trend_series *const *)right;
    int order = rank_of(a) - rank_of(b);
    if (order != 0)
        return order;
    double first = size_of(a), second = size_of(b);
    if (first != second && isfinite(first) && isfinite(second))
        return first > second ? -1 : 1;
    return (a > b) - (a < b); /* the trend's own order: by name */
}

void report_make(struct report *report)
{
    const struct trend_series *series = trend_all(report->trend, &report->row_count);
    report->rows = arena_take(&report->arena, (report->row_count + 1) * sizeof *report->rows);
    for (size_t i = 0; i < report->row_count; i++) {
        report->rows[i] = &series[i];
        report->counts[series[i].verdict]++;
        if (!series[i].worse || series[i].importance == IMPORTANCE_INFORMATIONAL)
            continue;
        if (series[i].verdict == TREND_UNCONFIRMED)
            report->unconfirmed_worse = true;
        else
            report->confirmed_worse = true;
    }
    if (report->row_count > 1)
        qsort(report->rows, report->row_count, sizeof *report->rows, by_rank);
}

void report_release(struct report *report)
{
    arena_release(&report->arena);
}

bool report_fails(const struct report *report)
{
    switch ((enum fail_on)report->settings->fail_on) {
    case FAIL_ON_NEVER: return false;
    case FAIL_ON_CONFIRMED: return report->confirmed_worse;
    case FAIL_ON_UNCONFIRMED: return report->confirmed_worse || report->unconfirmed_worse;
    }
    return true;
}

const char *report_verdict(const struct report *report)
{
    if (report->confirmed_worse || report_fails(report))
        return "fail";
    return report->unconfirmed_worse ? "unproven" : "pass";
}
