/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_REPORT_CHANGES_H
#define DOCUMENT_REPORT_CHANGES_H

#include "document/report_parts.h"

/*
 * How the times of tests changed, by model and by test: over the benchmarks that
 * both sides of a comparison have, and nothing else, so that like stands by like.
 */
struct report_change {
    struct numbers before, now; /* medians in seconds, parallel */
    double log_sum;             /* of now / before */
    uint64_t worse, better;     /* by more than noise */
};

struct report_changes {
    struct dictionary models, tests;
    struct report_change *of_model, *of_test; /* by the numbers of the keys */
    size_t model_count, model_capacity, test_count, test_capacity;
};

void report_changes_read(struct report_changes *changes, const struct comparisons *comparisons);
void report_changes_release(struct report_changes *changes);

/* NULL where no comparison is about it. modality and suite with data NULL: none. */
const struct report_change *report_change_of_model(
    const struct report_changes *changes, struct slice model, struct slice modality);
const struct report_change *report_change_of_test(const struct report_changes *changes,
    struct slice suite, struct slice name, struct slice modality);

/*
 * change: {common, before, now, text, worse, better}, before and now as sums or as
 * medians; null without a change.
 */
void add_report_change(struct report_builder *builder, struct view *row,
    const struct report_change *change, bool sums);

#endif
