/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report.h"

#include <stdlib.h>

/* What a reader has to see first. */
static int rank_of(const struct judgement *judgement)
{
    if (judgement->outcome == TARGET_FAIL)
        return 0;
    if (judgement->outcome == TARGET_PASS)
        return 3;
    return judgement->missed ? 1 : 2;
}

static int by_rank(const void *left, const void *right)
{
    const struct judgement *a = *(const struct judgement *const *)left;
    const struct judgement *b = *(const struct judgement *const *)right;
    int order = rank_of(a) - rank_of(b);
    return order ? order : (a > b) - (a < b); /* as they stand in one array */
}

void report_make(struct report *report)
{
    const struct judgements *judgements = report->judgements;
    report->row_count = judgements->count;
    report->rows = arena_take(&report->arena, (judgements->count + 1) * sizeof *report->rows);
    for (size_t i = 0; i < judgements->count; i++)
        report->rows[i] = &judgements->items[i];
    if (report->row_count > 1)
        qsort(report->rows, report->row_count, sizeof *report->rows, by_rank);
}

void report_release(struct report *report)
{
    arena_release(&report->arena);
}

const char *report_verdict(const struct report *report)
{
    if (report->judgements->missed > 0)
        return "fail";
    return report->judgements->counts[TARGET_UNPROVEN] > 0 ? "unproven" : "pass";
}
