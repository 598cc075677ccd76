/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_COMPARISON_VIEW_H
#define DOCUMENT_COMPARISON_VIEW_H

#include "document/comparisons.h"
#include "document/report_view.h"
#include "document/view.h"

/*
 * What the templates `compare` and `pull-request` see: bench-render(1), THE DATA
 * OF COMPARISONS, names the members. Findings come worst first, and every
 * sentence says only what the lines say.
 */
struct view *comparison_view(struct arena *arena, const struct comparisons *comparisons,
    const struct report_options *options);

#endif
