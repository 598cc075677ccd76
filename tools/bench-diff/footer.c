/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "words.h"

#include "base/plural.h"
#include "document/character.h"
#include "document/label.h"
#include "document/quantity.h"

#include <math.h>
#include <string.h>

/* The sentences below a table: how it was judged, what was left out, what it does not know. */

static size_t with_reason(const struct report *report, enum reason reason)
{
    size_t count = 0;
    for (size_t i = 0; i < report->row_count; i++)
        count += (report->rows[i]->comparison.reasons & reason_bit(reason)) != 0;
    return count;
}

static void say_rules(struct buffer *out, const struct report *report)
{
    const struct settings *settings = report->settings;
    size_t tests = report->contrasts->findings.tests;
    buffer_add_format(out, "Judged at alpha %g, %s over %zu test%s%s; noise band \302\261%g%%%s.\n",
        settings->alpha, settings->strict ? "Holm" : "Benjamini-Hochberg", tests, plural(tests),
        settings->strict ? ", strict" : "", 100 * settings->band,
        settings->policy && !settings->band_given ? " where the policy has none" : "");
}

static void say_policy(struct buffer *out, const struct report *report)
{
    size_t ignored = report->contrasts->ignored;
    if (!report->settings->policy)
        return;
    buffer_add_text(out, "Policy ");
    text_safe(out, slice_of(report->settings->policy));
    buffer_add_format(
        out, ": %zu accepted, %zu informational", report->accepted, report->informational);
    if (report->contrasts->findings.informal_tests > 0)
        buffer_add_text(out, " (corrected by themselves)");
    buffer_add_format(out, ", %zu left out.\n", ignored);
    if (report->critical_failures > 0)
        buffer_add_format(out,
            "%zu critical comparison%s gone or could not be judged, which is as bad as a "
            "regression.\n",
            report->critical_failures, report->critical_failures == 1 ? " is" : "s are");
}

/* The shared word of all runs; "" where they differ, NULL where none has one. */
static const char *order_of(const struct report *report)
{
    size_t count;
    const struct sides_run *const *runs = sides_runs(report->sides, &count);
    const char *order = NULL;
    for (size_t i = 0; i < count; i++) {
        struct slice mode = runs[i]->facts.order_mode;
        const char *next = slice_is(mode, "interleaved") ? "interleaved"
                           : slice_is(mode, "blocked")   ? "blocked"
                           : slice_is(mode, "given")     ? "as given"
                                                         : NULL;
        if (!next)
            continue;
        if (order && strcmp(order, next) != 0)
            return "";
        order = next;
    }
    return order;
}

static void say_origin(struct buffer *out, const struct report *report)
{
    size_t runs, machines;
    const struct slice *names = sides_machines(report->sides, &machines);
    const char *order = order_of(report);
    sides_runs(report->sides, &runs);
    buffer_add_format(out, "Measured in %zu run%s, order %s; ", runs, plural(runs),
        !order     ? "unknown"
        : order[0] ? order
                   : "mixed");
    machines_words(out, names, machines);
}

static void say_means(struct buffer *out, const struct report *report)
{
    for (size_t i = 0; i < report->mean_count; i++) {
        const struct contrast_mean *mean = &report->means[i];
        buffer_add_text(
            out, i == 0 ? "Geometric mean of the changes, over what both sides have: " : ", ");
        text_safe(out, mean->metric);
        buffer_add_char(out, ' ');
        quantity_add_change(out, mean->ratio);
        buffer_add_format(out, " (%zu)", mean->count);
    }
    if (report->mean_count > 0)
        buffer_add_text(out, ".\n");
}

struct part {
    size_t good, all;
};

static void say_parts(struct buffer *out, const char *what, struct part base, struct part head)
{
    buffer_add_format(out, "%s: ", what);
    quantity_add_part(out, (double)base.good, (double)base.all);
    buffer_add_text(out, " \342\206\222 ");
    quantity_add_part(out, (double)head.good, (double)head.all);
    buffer_add_text(out, ".\n");
}

/* Of results only where one did not pass; of requests, whose number the results do not show. */
static void say_success(struct buffer *out, const struct report *report)
{
    struct contrast_success sides[SIDES];
    contrasts_success(sides, report->sides);
    const struct contrast_success *base = &sides[SIDE_BASE], *head = &sides[SIDE_HEAD];
    if (base->passed < base->results || head->passed < head->results)
        say_parts(out, "Results that passed", (struct part){base->passed, base->results},
            (struct part){head->passed, head->results});
    if (base->requests > 0 || head->requests > 0)
        say_parts(out, "Requests answered", (struct part){base->answered, base->requests},
            (struct part){head->answered, head->requests});
}

static void say_history(struct buffer *out, const struct report *report)
{
    if (!report->history)
        return;
    size_t runs = spread_runs(report->history), trends = spread_trends(report->history);
    size_t used = with_reason(report, REASON_SPREAD_FROM_HISTORY);
    buffer_add_format(out, "History: %zu earlier run%s", runs, plural(runs));
    if (trends > 0)
        buffer_add_format(out, " and %zu trend%s", trends, plural(trends));
    buffer_add_format(out, "; %zu comparison%s judged by how much runs differ in it.\n", used,
        used == 1 ? " is" : "s are");
}

static void say_doubts(struct buffer *out, const struct report *report)
{
    const struct family_findings *findings = &report->contrasts->findings;
    size_t unknown = with_reason(report, REASON_BETWEEN_RUN_UNKNOWN);
    size_t looks = with_reason(report, REASON_SEQUENTIAL_LOOKS);
    if (unknown > 0)
        buffer_add_format(out,
            "%zu comparison%s rest%s on one run a side: how much runs differ is not known, and a "
            "change may be the run's. %d runs a side would tell, or both sides in one interleaved "
            "run, or earlier reports (--history).\n",
            unknown, plural(unknown), unknown == 1 ? "s" : "", NEEDED_RUNS_UNKNOWN);
    if (with_reason(report, REASON_BLOCKED_ORDER) > 0)
        buffer_add_text(out, "The sides were measured one after the other, so that a drift of the "
                             "machine may look like a change; bench-run interleaves them.\n");
    if (findings->autocorrelated)
        buffer_add_format(out,
            "Samples resemble those before them (rho %.2f): tests and intervals are widened for "
            "it.\n",
            findings->rho);
    if (findings->runs_disagree)
        buffer_add_format(out,
            "The runs do not agree on the differences (their variance is %.1f times what samples "
            "explain): tests and intervals are widened for it, and only more runs would tell.\n",
            findings->agreement.ratio);
    if (looks > 0)
        buffer_add_text(out, "A run looked at its samples while it measured: alpha was spent "
                             "accordingly.\n");
}

static void add_line_count(struct buffer *out, size_t count, const char *what)
{
    if (count > 0)
        buffer_add_format(out, "Left out: %zu result line%s %s.\n", count, plural(count), what);
}

static void say_left_out(struct buffer *out, const struct report *report)
{
    const struct sides_notes *notes = sides_notes(report->sides);
    enum { NAMED = 3 };
    for (size_t i = 0; i < notes->shared_run_count && i < NAMED; i++) {
        buffer_add_text(out, i == 0 ? "Left out, since it stands on both sides: run " : ", run ");
        text_safe(out, notes->shared_runs[i]->facts.run_id);
    }
    if (notes->shared_run_count > NAMED)
        buffer_add_format(out, " and %zu more", notes->shared_run_count - NAMED);
    if (notes->shared_run_count > 0)
        buffer_add_format(out, " (%zu line%s).\n", notes->shared, plural(notes->shared));
    add_line_count(out, notes->repeated, "that repeat another of the same side");
    add_line_count(out, notes->neither, "of neither side");
    add_line_count(out, notes->older, "of older states; --all-runs takes them");
    if (report->contrasts->skipped > 0)
        buffer_add_format(out, "Skipped on both sides: %zu benchmark%s.\n",
            report->contrasts->skipped, plural(report->contrasts->skipped));
}

void words_footer(struct buffer *out, const struct report *report)
{
    say_means(out, report);
    say_success(out, report);
    say_rules(out, report);
    say_policy(out, report);
    say_origin(out, report);
    say_history(out, report);
    say_doubts(out, report);
    say_left_out(out, report);
}
