/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef DOCUMENT_MARKDOWN_LINT_H
#define DOCUMENT_MARKDOWN_LINT_H

#include "base/compiler.h"
#include "base/error.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * What a Markdown document may say to its author and not to its readers: a table
 * that is none or whose rows are cut or short, a link that leads nowhere, HTML
 * that GitHub takes out, HTML that is not closed, two headings with one anchor.
 */
struct lint_sink {
    /* code is one word: table, row, anchor, link, html, heading. */
    void (*fault)(
        void *context, uint64_t line, uint64_t column, const char *code, const char *text);
    void *context;
};

struct lint_options {
    /* The folder that relative links start from; NULL does not look for files. */
    const char *folder;
};

/* -1 with error: the text cannot be read as Markdown at all (markdown_tree.h). */
int markdown_lint(struct slice text, const struct lint_options *options,
    const struct lint_sink *sink, struct error *error) MUST_USE;

#endif
