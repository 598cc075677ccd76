/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "words.h"

#include "json/writer.h"

#include <math.h>

/* RFC 4180: one row a comparison, numbers as JSON has them, empty where unknown. */

static void add_text(struct buffer *out, struct slice text)
{
    const char *end = text.data + text.size;
    buffer_add_char(out, '"');
    for (const char *at = text.data; at != end; at++) {
        if (*at == '"')
            buffer_add_char(out, '"');
        buffer_add_char(out, *at);
    }
    buffer_add_char(out, '"');
}

static void add_words(struct buffer *out, struct slice text)
{
    if (text.size > 0)
        add_text(out, text);
    buffer_add_char(out, ',');
}

static void add_number(struct buffer *out, double value)
{
    struct json_writer writer = json_writer(out, 0);
    if (isfinite(value))
        json_write_double(&writer, value);
    buffer_add_char(out, ',');
}

static void add_suite(struct buffer *out, const struct report_result *facts, struct buffer *work)
{
    buffer_reset(work);
    for (size_t i = 0; i < facts->suite_count; i++) {
        if (i > 0)
            buffer_add_char(work, '/');
        buffer_add_slice(work, facts->suites[i]);
    }
    add_words(out, buffer_slice(work));
}

static void add_params(struct buffer *out, const struct report_result *facts, struct buffer *work)
{
    buffer_reset(work);
    for (size_t i = 0; i < facts->param_count; i++) {
        if (i > 0)
            buffer_add_char(work, ' ');
        buffer_add_slice(work, facts->params[i].name);
        buffer_add_char(work, '=');
        buffer_add_slice(work, facts->params[i].value);
    }
    add_words(out, buffer_slice(work));
}

static void add_side(struct buffer *out, const struct comparison_side *side, bool there)
{
    add_number(out, there ? (double)side->n : NAN);
    add_number(out, there ? (double)side->runs : NAN);
    add_number(out, there ? side->median : NAN);
    add_number(out, there ? side->cv : NAN);
}

static void add_row(struct buffer *out, const struct contrast *contrast, struct buffer *work)
{
    const struct comparison *comparison = &contrast->comparison;
    const struct report_result *facts = &contrast->shown->facts;
    bool metric = contrast->metric.data != NULL, compared = contrast->compared;
    add_words(out, slice_of(verdict_name(comparison->verdict)));
    add_suite(out, facts, work);
    add_words(out, facts->name);
    add_params(out, facts, work);
    add_words(out, facts->model_id);
    add_words(out, facts->modality);
    add_words(out, contrast->group->variant);
    add_words(out, contrast->group->machine);
    add_words(out, contrast->metric);
    add_words(out, contrast->unit);
    add_side(out, &comparison->base, metric && comparison->verdict != VERDICT_ADDED);
    add_side(out, &comparison->head, metric && comparison->verdict != VERDICT_REMOVED);
    add_number(out, compared ? comparison->change.ratio : NAN);
    add_number(out, compared ? comparison->change.ratio_ci.low : NAN);
    add_number(out, compared ? comparison->change.ratio_ci.high : NAN);
    add_number(out, compared ? comparison->change.shift : NAN);
    add_number(out, compared ? comparison->change.shift_ci.low : NAN);
    add_number(out, compared ? comparison->change.shift_ci.high : NAN);
    add_number(out, compared ? comparison->test.p : NAN);
    add_number(out, compared ? comparison->test.p_adjusted : NAN);
    add_number(out, compared ? comparison->needed.samples : NAN);
    add_number(out, compared ? comparison->needed.runs : NAN);
    buffer_reset(work);
    for (int i = 0; i < REASONS; i++)
        if (comparison->reasons & reason_bit((enum reason)i))
            buffer_add_format(work, "%s%s", work->size > 0 ? " " : "", reason_name((enum reason)i));
    if (work->size > 0)
        add_text(out, buffer_slice(work));
    buffer_add_text(out, "\r\n");
}

void write_csv(struct buffer *out, const struct report *report)
{
    struct buffer work = BUFFER_INIT;
    buffer_add_text(out,
        "verdict,suite,benchmark,params,model,modality,variant,machine,metric,unit,"
        "base_n,base_runs,base_median,base_cv,head_n,head_runs,head_median,head_cv,"
        "ratio,ratio_low,ratio_high,shift,shift_low,shift_high,p,p_adjusted,"
        "needed_samples,needed_runs,reasons\r\n");
    for (size_t i = 0; i < report->row_count; i++)
        add_row(out, report->rows[i], &work);
    buffer_release(&work);
}
