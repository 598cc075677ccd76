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
 * The samples of each benchmark's main metric, a row for each variant: all values
 * (thinned out evenly beyond 400), the quartiles as a box, the median as a line.
 */
bool chart_samples(struct buffer *out, const struct collection *collection);

#endif
