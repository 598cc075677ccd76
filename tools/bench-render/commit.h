/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef COMMIT_H
#define COMMIT_H

#include "base/output.h"
#include "charts.h"
#include "document/view.h"
#include "report.h"
#include "settings.h"

/* What goes into the repository. */
struct publication {
    struct slice document;
    const struct charts *charts; /* files beside the document; NULL for none */
    const struct material *material;
    const struct view *view;
};

/*
 * Commits as settings->git says: the document as settings->output, its charts and
 * the lines that were read; then the note. Prints what became of it, as a shell
 * script that pushes it.
 */
int commit_publication(struct output *out, const struct publication *publication,
    const struct settings *settings, struct error *error) MUST_USE;

#endif
