/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LABELS_H
#define LABELS_H

#include "base/options.h"
#include "json/document.h"

/* -1 for a list that has an item which is not NAME=VALUE, or a name twice. */
int labels_check(const struct option_list *labels, struct error *error) MUST_USE;
/* Appends the line, without newline, with the labels set in its `labels`. */
void labels_write(
    const struct json_document *line, const struct option_list *labels, struct buffer *out);

#endif
