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
/* How much a change weighs, to show the worst first: larger is more. */
double compared_weight(const struct compared *item);

const struct view *compared_row(struct report_builder *builder, const struct compared *item);

/* Adds headline, action, conclusion, steps and notes. */
void comparison_add_words(struct report_builder *builder, struct view *root,
    const struct comparisons *comparisons, const uint64_t *counts);
/* Adds means, metrics: how each metric came out over all benchmarks. */
void comparison_add_metrics(
    struct report_builder *builder, struct view *root, const struct comparisons *comparisons);
/* Adds totals, or null: what both sides took as a whole, and how often it went well. */
void comparison_add_totals(
    struct report_builder *builder, struct view *root, const struct comparisons *comparisons);

#endif
