/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "document/csv.h"

#include "document/label.h"
#include "words.h"

#include <math.h>

/* RFC 4180: one row a check, numbers as JSON has them, empty where unknown. */

static void add_row(struct buffer *out, const struct judgement *judgement, struct buffer *work)
{
    static const struct report_result nothing = {.name = {NULL, 0}};
    const struct slice machine = judgement->group ? judgement->group->machine : nothing.name;
    const struct report_result *facts = judgement->shown ? &judgement->shown->facts : &nothing;
    const struct target *target = judgement->target;
    const char *reason;
    csv_text(out, slice_of(target_outcome_name(judgement->outcome)));
    csv_text(out, slice_of(judgement->missed ? "true" : "false"));
    csv_text(out, target->name);
    csv_text(out, target->text);
    benchmark_csv(out, facts);
    csv_text(out, facts->variant);
    csv_text(out, machine);
    csv_text(out, judgement->side);
    csv_text(out, target->reference);
    csv_text(out, words_metric(target));
    csv_text(out, judgement->statistic);
    csv_text(out, judgement->unit);
    csv_number(out, judgement->figure.value);
    csv_number(out, judgement->figure.interval.low);
    csv_number(out, judgement->figure.interval.high);
    csv_number(out, judgement->limit.low);
    csv_number(out, judgement->limit.high);
    csv_number(out, judgement->ours);
    csv_number(out, judgement->theirs);
    csv_number(out, (double)judgement->n);
    csv_number(out, (double)judgement->runs);
    buffer_reset(work);
    for (size_t i = 0; (reason = words_reason(judgement, i)) != NULL; i++)
        buffer_add_format(work, "%s%s", i > 0 ? " " : "", reason);
    csv_text(out, buffer_slice(work));
    csv_end(out);
}

void write_csv(struct buffer *out, const struct report *report)
{
    struct buffer work = BUFFER_INIT;
    buffer_add_text(out,
        "outcome,missed,name,target," BENCHMARK_CSV ",variant,machine,side,reference,metric,"
        "statistic,unit,value,value_low,value_high,limit_low,limit_high,ours,theirs,n,runs,"
        "reasons\r\n");
    for (size_t i = 0; i < report->judgements->count; i++)
        add_row(out, &report->judgements->items[i], &work);
    buffer_release(&work);
}
