/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TOOL_FORM_H
#define TOOL_FORM_H

#include <stdbool.h>
#include <stddef.h>

/* The forms of --format in which the tools that judge tell what they found. */
enum form { FORM_TABLE, FORM_JSONL, FORM_CSV, FORM_MARKDOWN, FORM_GITHUB, FORM_AUTO };

/* For OPTION_CHOICE, in the order of the enum. */
extern const char *const form_names[];

struct table_look {
    size_t width;
    bool colour;
};

/* What is written for the form that was asked for (auto: the table on a terminal, else jsonl), into
 * the file output or, where that is NULL, to standard output; and how a table looks there. */
enum form form_choose(enum form asked, const char *output, struct table_look *look);

#endif
