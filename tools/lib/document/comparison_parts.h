/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_COMPARISON_PARTS_H
#define DOCUMENT_COMPARISON_PARTS_H

#include "document/comparison_view.h"
#include "document/report_parts.h"

/* The parts of a comparison's view: the rows, and the sentences about them. */

/* Both sides have values that were set against each other. */
bool compared_has_both(const struct compared *item);
/* Regressions, improvements, other changes, and outcomes that changed. */
bool compared_is_finding(const struct compared *item);
/* Neither shown to have changed nor shown to be the same. */
bool compared_is_open(const struct compared *item);
/* A figure of the comparison in seconds; NaN where it is no time. */
double compared_seconds(const struct compared *item, double value);
/* How much a change weighs, to show the worst first: larger is more. */
double compared_weight(const struct compared *item);

/* side: whose row it is where the document has several heads; data NULL elsewhere. */
const struct view *compared_row(
    struct report_builder *builder, const struct compared *item, struct slice side);

/* Adds headline, action, conclusion, steps and notes. */
void comparison_add_words(struct report_builder *builder, struct view *root,
    const struct comparisons *comparisons, const uint64_t *counts);
/* Adds judged: how often a finding is false by chance, in a sentence without its point. */
void comparison_add_judged(
    struct report_builder *builder, struct view *root, const struct compared_summary *summary);
/* Adds metrics: how each metric came out over all benchmarks. */
void comparison_add_metrics(
    struct report_builder *builder, struct view *root, const struct comparisons *comparisons);
/* Adds totals, or null: what both sides took as a whole, and how often it went well. */
void comparison_add_totals(
    struct report_builder *builder, struct view *root, const struct comparisons *comparisons);
/* Adds matrix: several heads beside their one base; null where there are none. */
void comparison_add_matrix(
    struct report_builder *builder, struct view *root, const struct comparisons *comparisons);

#endif
