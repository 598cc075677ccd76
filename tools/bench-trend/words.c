/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/plural.h"
#include "document/label.h"
#include "document/quantity.h"
#include "report.h"

#include <math.h>

/* A list longer than that ends in "and N more". */
enum { NAMES_SHOWN = 6 };

void words_point(struct buffer *out, const struct trend *trend, size_t number)
{
    size_t count;
    const struct trend_point *point = &trend_points(trend, &count)[number];
    point_words(out, point->ref, point->commit, point->ns, number);
}

void words_change(
    struct buffer *out, const struct trend_series *series, const struct trend_change *change)
{
    if (!isnan(change->ratio)) {
        quantity_add_change(out, change->ratio);
        return;
    }
    if (change->shift >= 0)
        buffer_add_char(out, '+');
    quantity_add(out, change->shift, series->unit);
}

void words_counts(struct buffer *out, const struct report *report)
{
    static const enum trend_verdict order[] = {TREND_REGRESSED, TREND_UNCONFIRMED, TREND_DRIFTING,
        TREND_CHANGED, TREND_IMPROVED, TREND_STABLE, TREND_TOO_FEW_POINTS};
    bool any = false;
    for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
        if (report->counts[order[i]] == 0)
            continue;
        buffer_add_format(out, "%s%zu %s", any ? ", " : "", report->counts[order[i]],
            order[i] == TREND_TOO_FEW_POINTS ? "with too few points"
                                             : trend_verdict_name(order[i]));
        any = true;
    }
}

static void add_names(struct buffer *out, const struct names *names)
{
    for (size_t i = 0; i < names->count && i < NAMES_SHOWN; i++)
        buffer_add_format(out, "%s%s", i > 0 ? ", " : "", names->items[i]);
    if (names->count > NAMES_SHOWN)
        buffer_add_format(out, " and %zu more", names->count - NAMES_SHOWN);
}

void words_footer(struct buffer *out, const struct report *report)
{
    const struct material *material = report->material;
    const struct trend_notes *notes = trend_notes_of(report->trend);
    size_t empty = material->empty.count, skipped = material->skipped.count;
    if (report->counts[TREND_UNCONFIRMED] > 0)
        buffer_add_text(out, "Unconfirmed: only the last one or two points stand off; three "
                             "confirm a step.\n");
    if (report->counts[TREND_TOO_FEW_POINTS] > 0)
        buffer_add_text(out, "A series of fewer than six points is not judged.\n");
    if (empty > 0) {
        buffer_add_format(out, "%zu point%s without data of their own: ", empty, plural(empty));
        add_names(out, &material->empty);
        buffer_add_text(out, ".\n");
    }
    if (skipped > 0) {
        buffer_add_format(out, "%zu tag%s of no commit left out: ", skipped, plural(skipped));
        add_names(out, &material->skipped);
        buffer_add_text(out, ".\n");
    }
    if (notes->ignored > 0)
        buffer_add_format(out, "The policy leaves out %zu series.\n", notes->ignored);
    if (notes->other_units > 0)
        buffer_add_format(out,
            "%zu value%s in a unit that cannot be turned into the newest one's "
            "left out.\n",
            notes->other_units, plural(notes->other_units));
}
