/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_CHECK_VIEW_H
#define DOCUMENT_CHECK_VIEW_H

#include "document/checks.h"
#include "document/report_view.h"
#include "document/view.h"

/*
 * What the template `check` sees: bench-render(1), THE DATA OF CHECKS, names the
 * members. Missed targets come first; every sentence says only what the lines say.
 */
struct view *check_view(
    struct arena *arena, const struct checks *checks, const struct report_options *options);

#endif
