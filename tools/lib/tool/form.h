/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TOOL_FORM_H
#define TOOL_FORM_H

#include "base/buffer.h"
#include "base/compiler.h"
#include "base/error.h"
#include "tool/table.h"

#include <stdbool.h>

/* The forms of --format in which the tools that judge tell what they found. */
enum form { FORM_AUTO, FORM_TABLE, FORM_JSONL, FORM_CSV, FORM_MARKDOWN, FORM_GITHUB, FORMS };

/* For OPTION_CHOICE, in the order of the enum: all of them, and the first three. */
extern const char *const form_names[];
extern const char *const form_names_basic[];

/* What a tool found; each tool has a struct of its own by this name, which all its forms are
 * written from. */
struct report;

/* One writer a form, all of it; NULL for a form that the tool's --format does not offer. */
struct form_writers {
    void (*table)(struct buffer *out, const struct report *report, const struct table_look *look);
    void (*jsonl)(struct buffer *out, const struct report *report);
    void (*csv)(struct buffer *out, const struct report *report);
    void (*markdown)(struct buffer *out, const struct report *report);
    void (*github)(struct buffer *out, const struct report *report);
};

/*
 * Writes the report in the form that was asked for (auto: the table on a
 * terminal, else jsonl) into the file output or, where that is NULL, to standard
 * output. whole as output_settle has it: every line of the input was understood.
 */
int form_put(const struct report *report, const struct form_writers *writers, enum form asked,
    const char *output, bool whole, struct error *error) MUST_USE;

#endif
