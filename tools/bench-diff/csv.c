/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "words.h"

#include "document/csv.h"
#include "document/label.h"

#include <math.h>

/* RFC 4180: one row a comparison, numbers as JSON has them, empty where unknown. */

static void add_side(struct buffer *out, const struct comparison_side *side, bool there)
{
    csv_number(out, there ? (double)side->n : NAN);
    csv_number(out, there ? (double)side->runs : NAN);
    csv_number(out, there ? side->median : NAN);
    csv_number(out, there ? side->cv : NAN);
}

static void add_row(struct buffer *out, const struct contrast *contrast, struct buffer *work)
{
    const struct comparison *comparison = &contrast->comparison;
    const struct report_result *facts = &contrast->shown->facts;
    bool metric = contrast->metric.data != NULL, compared = contrast->compared;
    csv_text(out, slice_of(verdict_name(comparison->verdict)));
    benchmark_csv(out, facts);
    csv_text(out, contrast->group->variant);
    csv_text(out, contrast->group->machine);
    csv_text(out, contrast->metric);
    csv_text(out, contrast->unit);
    add_side(out, &comparison->base, metric && comparison->verdict != VERDICT_ADDED);
    add_side(out, &comparison->head, metric && comparison->verdict != VERDICT_REMOVED);
    csv_number(out, compared ? comparison->change.ratio : NAN);
    csv_number(out, compared ? comparison->change.ratio_ci.low : NAN);
    csv_number(out, compared ? comparison->change.ratio_ci.high : NAN);
    csv_number(out, compared ? comparison->change.shift : NAN);
    csv_number(out, compared ? comparison->change.shift_ci.low : NAN);
    csv_number(out, compared ? comparison->change.shift_ci.high : NAN);
    csv_number(out, compared ? comparison->test.p : NAN);
    csv_number(out, compared ? comparison->test.p_adjusted : NAN);
    csv_number(out, compared ? comparison->needed.samples : NAN);
    csv_number(out, compared ? comparison->needed.runs : NAN);
    buffer_reset(work);
    for (int i = 0; i < REASONS; i++)
        if (comparison->reasons & reason_bit((enum reason)i))
            buffer_add_format(work, "%s%s", work->size > 0 ? " " : "", reason_name((enum reason)i));
    csv_text(out, buffer_slice(work));
    csv_end(out);
}

void write_csv(struct buffer *out, const struct report *report)
{
    struct buffer work = BUFFER_INIT;
    buffer_add_text(out,
        "verdict," BENCHMARK_CSV ",variant,machine,metric,unit,"
        "base_n,base_runs,base_median,base_cv,head_n,head_runs,head_median,head_cv,"
        "ratio,ratio_low,ratio_high,shift,shift_low,shift_high,p,p_adjusted,"
        "needed_samples,needed_runs,reasons\r\n");
    for (size_t i = 0; i < report->row_count; i++)
        add_row(out, report->rows[i], &work);
    buffer_release(&work);
}
