/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_CHARTS_H
#define DOCUMENT_CHARTS_H

#include "base/buffer.h"
#include "document/collection.h"
#include "document/comparisons.h"

#include <stdbool.h>

/*
 * The charts that go beside a document. Each says by shape and place what it says
 * by colour. false, and nothing added, where there is nothing to draw.
 */

/* The changes of all comparisons with a ratio, findings first: estimate, interval and band. */
bool chart_changes(struct buffer *out, const struct comparisons *comparisons);

/*
 * The same as a bar chart in mermaid (xychart), a fenced block that GitHub draws: of
 * the first MERMAID_MOST, without intervals, which it does not know. Its bars begin at
 * the end of the axis, so that they show ratios from 0, not changes.
 */
enum { MERMAID_MOST = 20 };
bool chart_changes_mermaid(struct buffer *out, const struct comparisons *comparisons);

/*
 * The samples of each benchmark's main metric, a row for each variant: all values
 * (thinned out evenly beyond 400), the quartiles as a box, the median as a line.
 */
bool chart_samples(struct buffer *out, const struct collection *collection);

#endif
