/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef CHECK_H
#define CHECK_H

#include "base/options.h"
#include "settings.h"

/*
 * Lints a document before it is written; each fault goes to standard error under
 * the name. *faults counts them. -1 with error: it cannot be read as Markdown.
 */
int check_document(
    struct slice text, const char *name, uint64_t *faults, struct error *error) MUST_USE;

/* --lint: the same for Markdown files, with the files that they link to. */
int check_files(const struct settings *settings, const struct operands *operands, uint64_t *faults,
    struct error *error) MUST_USE;

#endif
