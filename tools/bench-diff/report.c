/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report.h"

#include <math.h>
#include <stdlib.h>

/* What a reader has to see first. */
static int rank_of(enum verdict verdict)
{
    static const int ranks[] = {[VERDICT_NEWLY_FAILING] = 0,
        [VERDICT_REGRESSION] = 1,
        [VERDICT_CHANGED] = 2,
        [VERDICT_IMPROVEMENT] = 3,
        [VERDICT_FIXED] = 4,
        [VERDICT_REMOVED] = 5,
        [VERDICT_ADDED] = 6,
        [VERDICT_INCOMPARABLE] = 7,
        [VERDICT_UNRELIABLE] = 8,
        [VERDICT_INCONCLUSIVE] = 9,
        [VERDICT_TOO_FEW_SAMPLES] = 10,
        [VERDICT_UNCHANGED] = 11};
    return ranks[verdict];
}

/* How bad: the size of the change, upward where upward is worse; of findings that are not bad, how
 * large. On the raw scale, which has no ratio, what Cliff's delta says. */
static double badness(const struct contrast *contrast)
{
    const struct comparison *comparison = &contrast->comparison;
    double size =
        comparison->change.ratio > 0 ? log(comparison->change.ratio) : comparison->cliffs_delta;
    if (!contrast->compared || isnan(size))
        return -INFINITY;
    if (comparison->verdict == VERDICT_IMPROVEMENT || contrast->better == BETTER_NONE)
        return fabs(size);
    return contrast->better == BETTER_LOWER ? size : -size;
}

/* What decides before what does not, and among equals what is critical. */
static int weight_of(const struct contrast *contrast)
{
    switch (contrast->importance) {
    case IMPORTANCE_CRITICAL: return 0;
    case IMPORTANCE_NORMAL: return 1;
    case IMPORTANCE_INFORMATIONAL:
    case IMPORTANCE_IGNORE: break;
    }
    return 2;
}

static int by_rank(const void *left, const void *right)
{
    const struct contrast *a = *(const struct contrast *const *)left;
    const struct contrast *b = *(const struct contrast *const *)right;
    int order = (weight_of(a) == 2) - (weight_of(b) == 2);
    if (order == 0)
        order = rank_of(a->comparison.verdict) - rank_of(b->comparison.verdict);
    if (order == 0)
        order = weight_of(a) - weight_of(b);
    if (order != 0)
        return order;
    double worse = badness(a), better = badness(b);
    if (worse != better)
        return worse > better ? -1 : 1;
    order = slice_compare(a->group->key, b->group->key);
    if (order == 0)
        order = slice_compare(a->group->machine, b->group->machine);
    if (order == 0)
        order = slice_compare(a->group->variant, b->group->variant);
    return order ? order : slice_compare(a->metric, b->metric);
}

/* Gone, or not judged. */
static bool is_lost(enum verdict verdict)
{
    return verdict == VERDICT_REMOVED || verdict == VERDICT_INCOMPARABLE ||
           verdict == VERDICT_UNRELIABLE || verdict == VERDICT_TOO_FEW_SAMPLES;
}

static void count(struct report *report, const struct contrast *contrast)
{
    enum verdict verdict = contrast->comparison.verdict;
    report->counts[verdict]++;
    if (contrast->importance == IMPORTANCE_INFORMATIONAL) {
        report->informational++;
        return;
    }
    if (contrast->accepted) {
        report->accepted++;
        return;
    }
    report->deciding[verdict]++;
    report->critical_failures += contrast->importance == IMPORTANCE_CRITICAL && is_lost(verdict);
}

void report_make(struct report *report)
{
    const struct contrasts *contrasts = report->contrasts;
    report->row_count = contrasts->count;
    report->rows = arena_take(&report->arena, (contrasts->count + 1) * sizeof *report->rows);
    for (size_t i = 0; i < contrasts->count; i++) {
        report->rows[i] = &contrasts->items[i];
        count(report, report->rows[i]);
    }
    if (report->row_count > 1)
        qsort(report->rows, report->row_count, sizeof *report->rows, by_rank);
    report->means = contrasts_means(contrasts, &report->mean_count, &report->arena);
}

void report_release(struct report *report)
{
    arena_release(&report->arena);
}

bool report_is_open(const struct report *report)
{
    const size_t *counts = report->deciding;
    return counts[VERDICT_INCONCLUSIVE] + counts[VERDICT_TOO_FEW_SAMPLES] +
               counts[VERDICT_UNRELIABLE] + counts[VERDICT_INCOMPARABLE] >
           0;
}

static bool has_regressed(const struct report *report)
{
    const size_t *counts = report->deciding;
    return counts[VERDICT_REGRESSION] + counts[VERDICT_NEWLY_FAILING] + report->critical_failures >
           0;
}

bool report_fails(const struct report *report)
{
    const size_t *counts = report->deciding;
    switch ((enum fail_on)report->settings->fail_on) {
    case FAIL_ON_REGRESSION: return has_regressed(report);
    case FAIL_ON_INCONCLUSIVE: return has_regressed(report) || report_is_open(report);
    case FAIL_ON_CHANGE:
        return has_regressed(report) || counts[VERDICT_IMPROVEMENT] + counts[VERDICT_CHANGED] +
                                                counts[VERDICT_FIXED] + counts[VERDICT_ADDED] +
                                                counts[VERDICT_REMOVED] >
                                            0;
    case FAIL_ON_NEVER: return false;
    }
    return true;
}

const char *report_verdict(const struct report *report)
{
    if (has_regressed(report) || report_fails(report))
        return "fail";
    return report_is_open(report) ? "unproven" : "pass";
}

bool contrast_is_finding(const struct contrast *contrast)
{
    return rank_of(contrast->comparison.verdict) <= rank_of(VERDICT_ADDED);
}
